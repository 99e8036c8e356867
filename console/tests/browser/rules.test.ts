import { describe, expect, it } from 'vitest';
import { open, show } from './demo';
import { faultsInEveryLook } from './looks';

const PAGES = {
  'event-rules': 'Refunds are urgent',
  'event-rules/refunds': 'the customer writes',
  answers: 'How to send something back',
  'answers/desk~macro~refund': 'What the macro does',
  'answers/_new': 'For whom',
  webhooks: 'accounts.example.org',
  'webhooks/accounts': 'Show the secret',
};

describe('in every look', () => {
  it.each(Object.entries(PAGES))('the page %s has no fault and fits', async (name, words) => {
    const page = await show(`/setup/${name}?as=administrator`, words);
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  it('a trial of a rule has no fault and fits', async () => {
    const page = await open('/setup/event-rules/refunds?as=administrator');
    await page.getByRole('button', { name: 'Try it on the newest tickets' }).click();
    await page.getByRole('list', { name: 'What would change' }).waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  it('the words behind a slash have no fault and fit', async () => {
    const page = await open('/tickets/1042');
    const field = page.getByRole('textbox', { name: 'Reply to the customer' });
    await field.click();
    await page.keyboard.press('/');
    await page.getByRole('listbox', { name: 'Ready-made words' }).waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
    await field.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).not.toBe('/');
    expect(await field.inputValue()).toMatch(/\w{5}/);
  });
});
