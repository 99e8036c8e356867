import { describe, expect, it } from 'vitest';
import { open } from './demo';
import { faultsInEveryLook } from './looks';

describe('missed promises', () => {
  it('have no accessibility fault and fit every width, with a proof open', async () => {
    const page = await open('/reports/breaches');
    await page
      .getByRole('button', { name: /the time that counted/ })
      .first()
      .click();
    await page.getByText('paused').waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
  });
});
