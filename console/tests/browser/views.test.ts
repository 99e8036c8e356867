import { expect, it } from 'vitest';
import { faults, IN_DIALOG } from './axe';
import { open, show } from './demo';
import { faultsInEveryLook } from './looks';

it.each([
  ['/lists/urgent', 'Cannot sign in'],
  ['/lists/all-tickets', 'Changed'],
  ['/setup/views?as=administrator', 'Every ticket that you may see'],
  ['/setup/views/urgent?as=administrator', 'Shown of each ticket'],
])('%s has no fault in any look and fits', async (path, words) => {
  const shown = await show(path, words);
  expect(await faultsInEveryLook(shown)).toEqual([]);
});

it('a view is saved by keyboard alone, and the focus comes back to where it was', async () => {
  const shown = await open('/lists/all_open?status=open');
  const button = shown.getByRole('button', { name: 'Save as view' });
  await button.focus();
  await shown.keyboard.press('Enter');
  const dialog = shown.getByRole('dialog', { name: 'Save as view' });
  await dialog.waitFor();
  expect(await faults(shown, IN_DIALOG)).toEqual([]);
  await shown.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
  await shown.keyboard.press('Enter');
  await dialog.getByLabel('Name').fill('Open ones');
  await shown.keyboard.press('Enter');
  await shown.getByRole('heading', { name: 'Open ones', level: 1 }).waitFor();
});
