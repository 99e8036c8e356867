import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, one line for each element at fault. */
export async function faults(shown: Page): Promise<string[]> {
  // As a string given to the page by the browser itself: the policy forbids scripts from elsewhere.
  await shown.evaluate(AXE);
  const found = await shown.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return axe.run({
      iframes: false,
      // What floats above the page stands outside of its landmarks on purpose.
      rules: { region: { enabled: false } },
    });
  });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 140)} ${node.any[0]?.message ?? ''}`),
  );
}
