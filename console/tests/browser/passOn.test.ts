import { expect, it } from 'vitest';
import { faults, IN_DIALOG } from './axe';
import { open } from './demo';

it.each([
  { width: 1440, height: 900, scheme: 'light' },
  { width: 390, height: 844, scheme: 'dark' },
] as const)('passing on has no accessibility fault at $width px, $scheme', async (look) => {
  const page = await open('/lists/mine', look);
  await page.getByRole('button', { name: 'Solve next' }).click();
  const button = page.getByRole('button', { name: 'Pass on', exact: true });
  await button.click();
  await page.getByRole('dialog').getByLabel('Why').waitFor();
  if (process.env.PICTURES) {
    await page.screenshot({ path: `${process.env.PICTURES}/pass-on-${look.width}.png` });
  }
  expect(await faults(page, IN_DIALOG)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
});
