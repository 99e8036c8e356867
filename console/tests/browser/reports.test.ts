import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from './demo';
import { DESKTOP, faultsInEveryLook } from './looks';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());

describe('missed promises', () => {
  it('have no accessibility fault and fit every width, with a proof open', async () => {
    const page = await demo.open('/reports/breaches', DESKTOP);
    await page
      .getByRole('button', { name: /the time that counted/ })
      .first()
      .click();
    await page.getByText('paused').waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
    await page.close();
  });
});
