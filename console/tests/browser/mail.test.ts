import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faults } from './axe';
import { startDemo, type Demo, type Look } from './demo';

const LOOKS: Look[] = [
  { width: 1440, height: 900, scheme: 'light' },
  { width: 1440, height: 900, scheme: 'dark' },
  { width: 390, height: 844, scheme: 'light' },
];
const [DESKTOP] = LOOKS as [Look];
const PAGES = {
  suspended: 'You have won',
  blocked: '@lottery.example',
  suppressed: 'gone@example.org',
  mailboxes: 'billing@desk.example',
  'mail-rules': 'Time to undo, in seconds',
  'dead-letters': 'Delivery reports',
};

let demo: Demo;
let page: Page | undefined;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());
afterEach(() => page?.close());

async function open(path: string, look: Look): Promise<Page> {
  page = await demo.open(path, look);
  return page;
}

describe.each(LOOKS)('at $width pixels, $scheme', (look) => {
  it.each(Object.entries(PAGES))('the page %s has no fault and fits', async (name, words) => {
    const shown = await open(`/setup/${name}?as=administrator`, look);
    await shown.getByText(words).first().waitFor();
    expect(await faults(shown)).toEqual([]);
    const overflow = await shown.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('a mail that was kept out, and the steps of a forwarding, have no fault', async () => {
    const shown = await open('/setup/suspended?as=administrator', look);
    await shown.getByText('You have won').click();
    await shown.getByText('SPAM: failed').waitFor();
    expect(await faults(shown)).toEqual([]);
    await shown.close();
    const boxes = await open('/setup/mailboxes?as=administrator', look);
    await boxes
      .getByRole('button', { name: /Connect an existing/ })
      .first()
      .click();
    await boxes.getByText('482 913 077').waitFor();
    expect(await faults(boxes)).toEqual([]);
  });
});

describe('what leaves later', () => {
  it('stands in the thread until then and can be taken back', async () => {
    const shown = await open('/tickets/1042', DESKTOP);
    await shown.getByRole('textbox', { name: 'Reply to the customer' }).fill('Good morning.');
    await shown.keyboard.press('Control+Shift+Enter');
    await shown.getByRole('dialog', { name: 'Send later' }).waitFor();
    expect(await faults(shown)).toEqual([]);
    await shown.getByRole('button', { name: /Tomorrow morning/ }).click();
    const card = shown.getByRole('article', { name: 'Scheduled reply of Ana Demo' });
    await card.waitFor();
    expect(await faults(shown)).toEqual([]);
    await card.getByRole('button', { name: 'Take back' }).click();
    const field = shown.getByRole('textbox', { name: 'Reply to the customer' });
    await shown.waitForFunction(() => document.querySelector('textarea')?.value !== '');
    expect(await field.inputValue()).toBe('Good morning.');
  });
});
