import { describe, expect, it } from 'vitest';
import { faults, IN_DIALOG } from './axe';
import { open, show } from './demo';
import { faultsInEveryLook } from './looks';

const PAGES = {
  'service-levels': 'Gold customers',
  'service-levels/gold': 'When a promise is missed:',
  'time-rules': 'Close resolved tickets',
  'time-rules/open-a-day': 'after the customer began to wait',
  calendars: 'Office hours, Lisbon',
  'calendars/office': 'Dia de Natal',
  'calendars/_new': 'Monday to Friday, 9 to 18',
};

const inSetup = (page: string): string => `/setup/${page}?as=administrator`;

describe('in every look', () => {
  it.each(Object.entries(PAGES))('the page %s has no fault and fits', async (name, words) => {
    const shown = await show(inSetup(name), words);
    expect(await faultsInEveryLook(shown)).toEqual([]);
  });
});

describe('a form of the set-up', () => {
  it('has no fault where it was refused, and where it asks before it is left', async () => {
    const shown = await open(inSetup('service-levels/gold'));
    const cell = shown.getByLabel('First reply, priority Normal');
    await cell.fill('soon');
    await shown.getByRole('button', { name: 'Save' }).click();
    await shown.getByText('Write hours and minutes').waitFor();
    expect(await faults(shown)).toEqual([]);
    await cell.fill('2 h');
    await shown.getByRole('link', { name: 'Back to Service levels' }).click();
    await shown.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    expect(await faults(shown, IN_DIALOG)).toEqual([]);
  });

  it('brings the focus back to the entry that was open', async () => {
    const shown = await open(inSetup('calendars'));
    await shown.getByRole('link', { name: /Night watch/ }).click();
    await shown.getByLabel('Name').waitFor();
    await shown.getByRole('button', { name: 'Cancel' }).click();
    const entry = shown.getByRole('link', { name: /Night watch/ });
    await expect
      .poll(() => entry.evaluate((element) => element === document.activeElement))
      .toBe(true);
  });

  it('has conditions made by the keyboard alone', async () => {
    const shown = await open(inSetup('service-levels/_new'));
    await shown.getByRole('button', { name: 'Add condition' }).focus();
    await shown.keyboard.press('Enter');
    await shown.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');
    await shown.keyboard.press('Tab');
    await shown.keyboard.press('Tab');
    await shown.keyboard.type('Tech');
    await shown.keyboard.press('Enter');
    await shown.keyboard.press('Escape');
    await shown.getByText('department is Technical support').waitFor();
    expect(await faults(shown)).toEqual([]);
  });
});
