import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from './axe';
import { startDemo, type Demo, type Look } from './demo';

const LOOKS: Look[] = [
  { width: 1440, height: 900, scheme: 'light' },
  { width: 390, height: 844, scheme: 'dark' },
];

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());

describe.each(LOOKS)('missed promises at $width px, $scheme', (look) => {
  it('have no accessibility fault and fit the width, with a proof open', async () => {
    const page = await demo.open('/reports/breaches', look);
    await page
      .getByRole('button', { name: /the time that counted/ })
      .first()
      .click();
    await page.getByText('paused').waitFor();
    if (process.env.PICTURES) {
      await page.screenshot({ path: `${process.env.PICTURES}/breaches-${look.width}.png` });
    }
    expect(await faults(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  });
});
