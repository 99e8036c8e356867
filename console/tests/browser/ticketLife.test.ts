import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faults, IN_DIALOG, type Range } from './axe';
import { open, type Look } from './demo';

// Loaded for each: on a phone other parts open than on a desk.
const LOOKS: Look[] = [
  { width: 1440, height: 900, scheme: 'dark' },
  { width: 390, height: 844, scheme: 'light' },
];
const [DESKTOP] = LOOKS as [Look];

async function isFine(shown: Page, range?: Range): Promise<void> {
  expect(await faults(shown, range)).toEqual([]);
  const overflow = await shown.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

describe.each(LOOKS)('at $width pixels, $scheme', (look) => {
  it('a form that lacks something has no fault, and the focus is on what is missing', async () => {
    const shown = await open('/tickets/1040', look);
    await shown.getByRole('button', { name: /^Status: Open/ }).waitFor();
    await shown.keyboard.press('e');
    // At the field itself: the desk may have refused before the page knew, and say it in passing too.
    await shown
      .getByText('Fill in Reason before the ticket is resolved.', { exact: true })
      .waitFor();
    await shown.waitForFunction(
      () => document.activeElement?.getAttribute('data-field') === 'fields.reason',
    );
    await isFine(shown);
  });

  it('a note with a list, a reminder and a colleague has no fault', async () => {
    const shown = await open('/tickets/1042', look);
    await shown.getByRole('button', { name: 'Note', exact: true }).click();
    await shown.getByRole('button', { name: 'Checklist' }).click();
    await shown.keyboard.type('Call them');
    await shown.getByRole('textbox', { name: 'Internal note' }).fill('Please look, @');
    await shown.getByRole('listbox', { name: 'Colleagues to call in' }).waitFor();
    await isFine(shown);
    await shown.keyboard.press('Enter');
    await shown.getByRole('button', { name: 'Remind me' }).click();
    await shown.getByRole('dialog', { name: 'Remind me of this note' }).waitFor();
    await isFine(shown, IN_DIALOG);
  });

  it('a new ticket has no fault', async () => {
    const shown = await open('/lists/mine', look);
    await shown.getByText('Invoice 2041').first().waitFor();
    await shown.keyboard.press('c');
    await shown.getByRole('dialog', { name: 'New ticket' }).waitFor();
    await shown.getByRole('combobox', { name: 'Type' }).click();
    await shown.getByRole('option', { name: 'Return' }).click();
    await shown.getByText('As it stands on the invoice').waitFor();
    await isFine(shown, IN_DIALOG);
  });
});

describe('what opens beside a ticket has no fault', () => {
  it('what is done about a requester', async () => {
    const shown = await open('/tickets/1042', DESKTOP);
    for (const item of [
      'Change the requester',
      'Name and addresses',
      'Merge with another contact',
    ]) {
      await shown.getByRole('button', { name: /^Requester: / }).click();
      await shown.getByRole('menuitem', { name: item }).click();
      await shown.getByRole('dialog', { name: item }).waitFor();
      await isFine(shown, IN_DIALOG);
      await shown.getByRole('button', { name: 'Close' }).click();
      await shown.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  it('the question about open parts', async () => {
    const shown = await open('/tickets/1036', DESKTOP);
    await shown.getByText('0 of 2 done').waitFor();
    await shown.keyboard.press('e');
    await shown.getByRole('dialog', { name: '2 parts of this ticket are open' }).waitFor();
    await isFine(shown, IN_DIALOG);
  });

  it('escalating, and splitting a message', async () => {
    const shown = await open('/tickets/1040', DESKTOP);
    await shown.getByRole('button', { name: 'Resolve' }).waitFor();
    await shown.keyboard.press('x');
    await shown.getByRole('dialog', { name: 'Escalate to Technical support' }).waitFor();
    await isFine(shown, IN_DIALOG);
    await shown.keyboard.press('Escape');
    await shown.getByRole('dialog').waitFor({ state: 'detached' });
    await shown.getByRole('button', { name: 'Split into a ticket of its own' }).first().click();
    await shown.getByRole('dialog', { name: 'Split into a ticket of its own' }).waitFor();
    await isFine(shown, IN_DIALOG);
  });

  it('nor loses the focus when it is closed within milliseconds', async () => {
    const shown = await open('/lists/mine', DESKTOP);
    const door = shown.getByRole('button', { name: 'New ticket' });
    await door.focus();
    await shown.keyboard.press('Enter');
    const dialog = shown.getByRole('dialog');
    await dialog.waitFor();
    // One that comes before the dialog listens is lost, and one may only close what is suggested.
    const afterEscape = async (): Promise<number> => {
      await shown.keyboard.press('Escape');
      return dialog.count();
    };
    await expect.poll(afterEscape, { interval: 10 }).toBe(0);
    await expect
      .poll(() => door.evaluate((element) => element === document.activeElement))
      .toBe(true);
  });

  it('the times to postpone to', async () => {
    const shown = await open('/tickets/1042', DESKTOP);
    await shown.getByRole('button', { name: 'Resolve' }).waitFor();
    await shown.keyboard.press('h');
    await shown.getByRole('button', { name: /When the customer answers at the latest/ }).waitFor();
    await isFine(shown, IN_DIALOG);
  });
});
