import { describe, expect, it } from 'vitest';
import { faults, IN_DIALOG } from './axe';
import { DESKTOP, open, show, SITE, type Look } from './demo';
import { EVERY_LOOK, faultsInEveryLook } from './looks';

const TABLET: Look = { width: 1024, height: 768, scheme: 'light' };

describe('in every look', () => {
  it('the list has no accessibility fault', async () => {
    const shown = await show('/lists/all_open', 'Invoice 2041 shows the wrong VAT');
    expect(await faultsInEveryLook(shown, EVERY_LOOK)).toEqual([]);
  });

  it.each([DESKTOP, TABLET])(
    'the ticket has no fault and fits, from $width px on',
    async (look) => {
      const shown = await open('/tickets/1042', look);
      await shown.getByText('A credit note and a new invoice are fine').last().waitFor();
      await shown.getByRole('button', { name: 'Note', exact: true }).click();
      const looks = look === TABLET ? [TABLET] : EVERY_LOOK;
      expect(await faultsInEveryLook(shown, looks)).toEqual([]);
    },
  );
});

describe('what opens above the page has no accessibility fault', () => {
  it('the settings and the shortcuts', async () => {
    const shown = await open('/lists/mine');
    for (const item of ['Settings', 'Keyboard shortcuts']) {
      await shown.getByRole('button', { name: /^Account of Ana Demo, Available/ }).click();
      await shown.getByRole('menuitem', { name: item }).click();
      await shown.getByRole('dialog', { name: item }).waitFor();
      expect(await faults(shown, IN_DIALOG)).toEqual([]);
      await shown.keyboard.press('Escape');
      await shown.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  it('the palette', async () => {
    const shown = await open('/lists/to_solve');
    await shown.getByText('Invoice 2041 shows the wrong VAT').waitFor();
    await shown.keyboard.press('Control+k');
    await shown.keyboard.type('invoice');
    await shown.getByText('Invoice 2041').last().waitFor();
    expect(await faults(shown)).toEqual([]);
  });

  it('the notices', async () => {
    const shown = await open('/lists/to_solve');
    await shown.getByRole('button', { name: 'Notices, 2 new' }).click();
    await shown.getByText('A ticket is overdue').waitFor();
    expect(await faults(shown)).toEqual([]);
  });

  it('the status menu and the time to postpone to', async () => {
    const shown = await open('/tickets/1042');
    await shown.getByRole('button', { name: /^Status/ }).click();
    await shown.getByRole('menuitem', { name: 'Postpone' }).waitFor();
    expect(await faults(shown, { within: '[role=menu]' })).toEqual([]);
    await shown.getByRole('menuitem', { name: 'Postpone' }).click();
    await shown.getByRole('dialog', { name: 'Postpone' }).waitFor();
    expect(await faults(shown, IN_DIALOG)).toEqual([]);
  });
});

describe('in a real browser', () => {
  it('asks no other host for anything and breaks no rule of the policy', async () => {
    const hosts = new Set<string>();
    const refused: string[] = [];
    const shown = await open('/lists/to_solve');
    shown.on('request', (request) => hosts.add(new URL(request.url()).host));
    shown.on('console', (line) => {
      if (line.type() === 'error') refused.push(line.text());
    });
    await shown.getByText('Invoice 2041 shows the wrong VAT').click();
    await shown.locator('iframe').waitFor();
    await shown.getByText('Show 7 quoted lines').click();
    await shown.frameLocator('iframe').getByText('Could you send a corrected one').waitFor();
    expect([...hosts].filter((host) => host && host !== new URL(SITE).host)).toEqual([]);
    expect(refused).toEqual([]);
  });

  it('answers by keys alone: j, enter, r, the text, control and enter', async () => {
    const shown = await open('/lists/to_solve');
    await shown.getByText('Invoice 2041 shows the wrong VAT').waitFor();
    await shown.keyboard.press('j');
    await shown.keyboard.press('j');
    await shown.keyboard.press('Enter');
    await shown.getByRole('article', { name: 'Internal note of Diego Demo' }).waitFor();
    await shown.keyboard.press('r');
    await shown.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    await shown.keyboard.type('On its way.');
    await shown.keyboard.press('Control+Enter');
    await shown.getByRole('button', { name: 'Send now' }).click();
    await shown.getByText('Waiting to be sent').waitFor();
    expect(await shown.getByRole('button', { name: /Status: Answered/ }).isVisible()).toBe(true);
  });

  it('brings a focus back to what opened the dialog', async () => {
    const shown = await open('/lists/to_solve');
    const door = shown.getByRole('button', { name: 'New ticket' });
    await door.click();
    await shown.getByRole('dialog', { name: 'New ticket' }).waitFor();
    // The dialog takes the focus a moment after it is seen.
    await shown.waitForFunction(() =>
      document.querySelector('[role=dialog]')?.contains(document.activeElement),
    );
    // The first Escape may only close what is suggested.
    const dialog = shown.getByRole('dialog', { name: 'New ticket' });
    await expect
      .poll(async () => {
        await shown.keyboard.press('Escape');
        return dialog.count();
      })
      .toBe(0);
    // The focus comes back when the dialog has left, a moment after it is no longer seen.
    await expect
      .poll(() => door.evaluate((element) => element === document.activeElement))
      .toBe(true);
  });
});
