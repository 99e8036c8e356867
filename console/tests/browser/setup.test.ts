import { describe, expect, it } from 'vitest';
import { faults, IN_DIALOG } from './axe';
import { open, show } from './demo';
import { faultsInEveryLook } from './looks';

const LISTS = {
  'ticket-types': 'Incident',
  fields: 'Why it goes back',
  'status-labels': 'At the supplier',
  topics: 'Where is my order',
  departments: 'Spare parts',
  agents: 'Carla Demo',
  'api-keys': 'Web shop',
  organisations: 'Sample Works',
};
const FORMS = {
  'ticket-types/incident': 'Choose all that fit',
  'fields/reason': 'Add a value',
  'fields/_new': 'A few words or lines',
  'status-labels/at-supplier': 'A label that agents choose',
  'topics/broken': 'Where requests with this topic go.',
  'ticket-rules': 'It always opens again',
  'departments/spare-parts': 'Nobody who answers tickets is in this department.',
  'agents/carla': 'With a capacity of zero',
  'organisations/sample-works': 'works.example',
  assignment: 'Weight by priority',
  desk: 'Mail to customers',
  'mailboxes/billing': 'What customers read as the sender.',
};

const inSetup = (page: string): string => `/setup/${page}?as=administrator`;

// A form has the parts that the forms of a ticket and of promises have; the long form opens each.
const SHOWN = process.env.FULL ? { ...LISTS, ...FORMS } : LISTS;

it.each(Object.entries(SHOWN))(
  'the page %s has no fault in any look and fits',
  async (path, words) => {
    const shown = await show(inSetup(path), words);
    expect(await faultsInEveryLook(shown)).toEqual([]);
  },
);

describe('by keyboard alone', () => {
  it('a field of a type is moved, and the focus stays where it is', async () => {
    const shown = await open(inSetup('ticket-types/return'));
    const down = shown.getByRole('button', { name: 'Move Order number down' });
    await down.focus();
    await shown.keyboard.press('Enter');
    await shown.keyboard.press('Enter');
    expect(await down.evaluate((button) => button === document.activeElement)).toBe(true);
    const names = await shown.getByRole('button', { name: /^Move .* up$/ }).allInnerTexts();
    expect(names).toHaveLength(4);
    expect(await down.getAttribute('aria-disabled')).toBe('false');
  });

  it('a new field is made while a type is edited, without a fault', async () => {
    const shown = await open(inSetup('ticket-types/question'));
    await shown.getByRole('button', { name: 'New field' }).click();
    await shown.getByRole('dialog', { name: 'New field' }).waitFor();
    expect(await faults(shown, IN_DIALOG)).toEqual([]);
    await shown.getByRole('dialog').getByLabel('Name, English').fill('Room');
    await shown.keyboard.press('Enter');
    await shown.getByRole('dialog', { name: 'New field' }).waitFor({ state: 'detached' });
    await shown.getByText('Room').first().waitFor();
    // Nothing of the type itself was sent by the dialog's Enter.
    expect(new URL(shown.url()).pathname).toBe('/console/setup/ticket-types/question');
  });
});
