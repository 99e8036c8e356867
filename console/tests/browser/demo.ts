import { chromium, type Page } from 'playwright-core';
import { inject, onTestFailed } from 'vitest';

export interface Look {
  width: number;
  height: number;
  scheme: 'light' | 'dark';
}

export const DESKTOP: Look = { width: 1440, height: 900, scheme: 'light' };
const AS_ADMINISTRATOR = '?as=administrator';
/** Generous: it only ends what hangs, on a machine that is many times slower, too. */
const LONGEST_WAIT_MS = 120_000;

export const SITE = inject('site');

/** The one page of all tests: a second load costs half of a first, and a step inside a tenth. */
let shared: Promise<Page> | undefined;
/** As whom the page was loaded, as long as all that was done there was to look. */
let seenAs: string | undefined;

async function startPage(): Promise<Page> {
  const browser = await chromium.connect(inject('browser'));
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(LONGEST_WAIT_MS);
  // Each load finds a browser that keeps nothing of the one before; frames of mails have no storage.
  await context.addInitScript(() => {
    if (window !== window.top) return;
    localStorage.clear();
    sessionStorage.clear();
  });
  return context.newPage();
}

async function pageIn({ width, height, scheme }: Look): Promise<Page> {
  const page = await (shared ??= startPage());
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  return page;
}

/** A page of the demo, loaded anew: whatever a test did before is gone. */
export async function open(path: string, look: Look = DESKTOP): Promise<Page> {
  seenAs = undefined;
  const page = await pageIn(look);
  await page.goto(`${SITE}/console${path}`);
  return page;
}

/**
 * A page of the demo for a test that only looks, once it shows these words: without a load, where
 * the one before only looked, too, and has other words.
 */
export async function show(path: string, words: string, look: Look = DESKTOP): Promise<Page> {
  const as = path.endsWith(AS_ADMINISTRATOR) ? AS_ADMINISTRATOR : '';
  const page = await pageIn(look);
  const sign = page.locator('main').getByText(words).first();
  if (seenAs === as && !(await sign.isVisible())) await page.evaluate(goTo, `/console${path}`);
  else await open(path, look);
  seenAs = as;
  onTestFailed(() => {
    seenAs = undefined;
  });
  await sign.waitFor();
  return page;
}

/** As a link inside the console does. */
function goTo(address: string): void {
  history.pushState(null, '', address);
}
