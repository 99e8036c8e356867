import type { Page } from 'playwright-core';
import { faults } from './axe';
import { DESKTOP, type Look } from './demo';

/** What the console is looked at in, a page loaded once: wide and narrow, light and dark. */
export const EVERY_LOOK: Look[] = [
  DESKTOP,
  { width: 1440, height: 900, scheme: 'dark' },
  { width: 390, height: 844, scheme: 'dark' },
  { width: 390, height: 844, scheme: 'light' },
];
/** In the short form the pages that share their parts are looked at once in each width. */
const LOOKS: Look[] = process.env.FULL
  ? EVERY_LOOK
  : [DESKTOP, { width: 390, height: 844, scheme: 'dark' }];

/** Every fault of accessibility, and every look in which the page is wider than the window. */
export async function faultsInEveryLook(shown: Page, looks: Look[] = LOOKS): Promise<string[]> {
  const found: string[] = [];
  const widths = new Set<number>();
  for (const { width, height, scheme } of looks) {
    const look = `${String(width)} px, ${scheme}`;
    await shown.setViewportSize({ width, height });
    await shown.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await settled(shown, scheme);
    const here = await faults(shown, { coloursOnly: widths.has(width) });
    widths.add(width);
    found.push(...here.map((fault) => `${look}: ${fault}`));
    const overflow = await shown.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    if (overflow > 0) found.push(`${look}: ${String(overflow)} px wider than the window`);
  }
  return found;
}

/** Until the page has taken up the colours and has been painted with them. */
async function settled(shown: Page, scheme: Look['scheme']): Promise<void> {
  await shown.waitForFunction(
    (wanted) => document.documentElement.dataset.mantineColorScheme === wanted,
    scheme,
  );
  await shown.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  );
}
