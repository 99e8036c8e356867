import { describe, expect, it } from 'vitest';
import { faults, IN_DIALOG } from './axe';
import { open, show } from './demo';
import { faultsInEveryLook } from './looks';

const PAGES = {
  suspended: 'You have won',
  blocked: '@lottery.example',
  suppressed: 'gone@example.org',
  mailboxes: 'billing@desk.example',
  'mail-rules': 'Time to undo, in seconds',
  'dead-letters': 'Delivery reports',
};

describe('in every look', () => {
  it.each(Object.entries(PAGES))('the page %s has no fault and fits', async (name, words) => {
    const shown = await show(`/setup/${name}?as=administrator`, words);
    expect(await faultsInEveryLook(shown)).toEqual([]);
  });

  it('a mail that was kept out, and the steps of a forwarding, have no fault', async () => {
    const shown = await open('/setup/suspended?as=administrator');
    await shown.getByText('You have won').click();
    await shown.getByText('SPAM: failed').waitFor();
    expect(await faultsInEveryLook(shown)).toEqual([]);
    const boxes = await open('/setup/mailboxes?as=administrator');
    await boxes
      .getByRole('button', { name: /Connect an existing/ })
      .first()
      .click();
    await boxes.getByText('482 913 077').waitFor();
    expect(await faultsInEveryLook(boxes)).toEqual([]);
  });
});

describe('what leaves later', () => {
  it('stands in the thread until then and can be taken back', async () => {
    const shown = await open('/tickets/1042');
    await shown.getByRole('textbox', { name: 'Reply to the customer' }).fill('Good morning.');
    await shown.keyboard.press('Control+Shift+Enter');
    await shown.getByRole('dialog', { name: 'Send later' }).waitFor();
    expect(await faults(shown, IN_DIALOG)).toEqual([]);
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
