import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What else axe looks at does not change with the colours. */
const ABOUT_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Where axe looks when a dialog opened, as the page behind it is looked at elsewhere. */
export const IN_DIALOG: Range = { within: '[role=dialog]' };

export interface Range {
  /** Only what opened, where the page behind it is looked at elsewhere. */
  within?: string;
  /** Only what depends on light and dark. */
  coloursOnly?: boolean;
}

/** What axe finds, one line for each element at fault. */
export async function faults(shown: Page, { within, coloursOnly }: Range = {}): Promise<string[]> {
  // As a string given to the page by the browser itself: the policy forbids scripts from elsewhere.
  if (!(await shown.evaluate(() => 'axe' in window))) await shown.evaluate(AXE);
  const options: RunOptions = {
    iframes: false,
    resultTypes: ['violations'],
    // What floats above the page stands outside of its landmarks on purpose.
    rules: { region: { enabled: false } },
    ...(coloursOnly && { runOnly: ABOUT_COLOURS }),
  };
  const found = await shown.evaluate(
    async ([part, how]) => {
      const { axe } = window as unknown as {
        axe: { run(context: Document | string, options: RunOptions): Promise<AxeResults> };
      };
      return axe.run(part ?? document, how);
    },
    [within, options] as const,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 140)} ${node.any[0]?.message ?? ''}`),
  );
}
