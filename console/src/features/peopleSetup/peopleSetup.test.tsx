import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';
import { contrast, inkOn } from './ink';
import { domainOf } from './OrganisationForm';

function open(path: string) {
  const desk = new FakeDesk();
  desk.profile.role = 'administrator';
  history.replaceState(null, '', `/console/setup/${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup() };
}

const SLOW = { timeout: 9000 };
const list = (name: string) => screen.findByRole('list', { name }, SLOW);
const box = (name: string | RegExp) => screen.findByRole('textbox', { name }, SLOW);
const press = async (user: ReturnType<typeof userEvent.setup>, name: string | RegExp) =>
  user.click(await screen.findByRole('button', { name }));

async function choose(
  user: ReturnType<typeof userEvent.setup>,
  field: string | RegExp,
  option: string | RegExp,
) {
  await user.click(await screen.findByRole('combobox', { name: field }, SLOW));
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('a department', () => {
  it('stands in the list with address and promises, and says when nobody is in it', async () => {
    open('departments');
    const rows = await list('Departments');
    const parts = within(rows).getByRole('link', { name: /Spare parts/ });
    expect(parts).toHaveTextContent('shipping@desk.example · No promises');
    expect(parts).toHaveTextContent('escalates to Orders and shipping');
    await waitFor(() => expect(parts).toHaveTextContent('Nobody answers here'));
    expect(within(rows).getByRole('link', { name: /^Billing/ })).not.toHaveTextContent('Nobody');
  });

  it('names its members, and warns in words where there is none', async () => {
    open('departments/spare-parts');
    expect(await screen.findByText(/Nobody who answers tickets/, {}, SLOW)).toBeVisible();
  });

  it('that would send tickets round in a ring is refused beside the field', async () => {
    const { desk, user } = open('departments/billing');
    await choose(user, 'Escalates to', 'Orders and shipping');
    const message = 'Tickets would go round: Billing to Orders and shipping to Billing.';
    desk.settings.faults = [{ field: 'departments.billing.escalates_to', message }];
    await press(user, 'Save');
    const field = screen.getByRole('combobox', { name: 'Escalates to' });
    await waitFor(() => expect(field).toHaveAccessibleDescription(/go round/));
    expect(desk.settings.kept.departments[0]?.setting.escalates_to).toBe('');
  });

  it('is added with a mailbox to answer from', async () => {
    const { desk, user } = open('departments/_new');
    await user.type(await box('Name'), 'Repairs');
    await choose(user, 'Mailbox', 'help@desk.example');
    await user.click(screen.getByRole('radio', { name: 'Nobody by itself' }));
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept.departments.at(-1)?.setting).toMatchObject({
        id: 'repairs',
        mailbox_id: 'technical',
        strategy: 'manual',
      }),
    );
  });
});

describe('an agent', () => {
  it('is warned of who sees no tickets or is given none', async () => {
    const { user } = open('agents');
    const rows = await list('Agents');
    expect(within(rows).getByRole('link', { name: /Carla/ })).toHaveTextContent('Gets no tickets');
    expect(within(rows).getByRole('link', { name: /Fred/ })).toHaveTextContent('Switched off');
    await user.click(within(rows).getByRole('link', { name: /Ben Demo/ }));
    const capacity = await box('Capacity');
    await user.clear(capacity);
    await user.type(capacity, '0');
    expect(await screen.findByText(/With a capacity of zero/)).toBeVisible();
    const chosen = screen.getByRole('combobox', { name: 'Departments' });
    await user.type(chosen, '{Backspace}{Backspace}');
    expect(await screen.findByText(/Without a department/)).toBeVisible();
  });

  it('with another address gets another sign-in', async () => {
    const { desk, user } = open('agents/ben');
    const email = await box('E-mail address');
    await user.clear(email);
    await user.type(email, 'ben@example.org');
    await press(user, 'Save');
    await waitFor(() =>
      expect(
        desk.settings.kept.agents.find(({ setting }) => setting.id === 'ben')?.setting,
      ).toMatchObject({ email: 'ben@example.org', subject: '' }),
    );
  });

  it('who would lock himself out is told so before', async () => {
    const { desk, user } = open('agents/ana');
    desk.settings.someoneChanges('agents', 'ana', { role: 'administrator' });
    await user.click(await screen.findByRole('switch', { name: /Works here/ }, SLOW));
    expect(await screen.findByText(/This is you/)).toBeVisible();
  });

  it('is removed only after a second word', async () => {
    const { desk, user } = open('agents/fred');
    await press(user, 'Remove');
    expect(screen.getByText(/switch off Works here/)).toBeVisible();
    expect(desk.settings.kept.agents).toHaveLength(6);
    await press(user, 'Remove');
    await waitFor(() => expect(desk.settings.kept.agents).toHaveLength(5));
    expect(await list('Agents')).not.toHaveTextContent('Fred');
  });
});

describe('an organisation', () => {
  it('is known by domains, however they are written', async () => {
    const { desk, user } = open('organisations/_new');
    await user.type(await box('Name'), 'Test House');
    await user.type(screen.getByRole('combobox', { name: 'Domains' }), 'Ana@House.Test{Enter}');
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept.organisations.at(-1)?.setting).toEqual({
        id: 'test-house',
        name: 'Test House',
        domains: ['house.test'],
      }),
    );
  });

  it('that does not exist yet is told of in an empty list', async () => {
    const desk = new FakeDesk();
    desk.profile.role = 'administrator';
    desk.settings.kept.organisations.length = 0;
    history.replaceState(null, '', '/console/setup/organisations');
    render(<App desk={desk} onSignOut={() => undefined} />);
    expect(await screen.findByText(/Customers' houses would be here/, {}, SLOW)).toBeVisible();
  });

  it.each([
    ['@Example.org', 'example.org'],
    ['someone@example.org', 'example.org'],
    ['  example.org', 'example.org'],
  ])('reads %s as a domain', (typed, domain) => expect(domainOf(typed)).toBe(domain));
});

describe('the desk', () => {
  it('shows its name and colour as customers will see them, before they are saved', async () => {
    const { desk, user } = open('desk');
    const name = await box('Name of the desk');
    await user.clear(name);
    await user.type(name, 'Help at hand');
    const colour = screen.getByRole('textbox', { name: 'Colour' });
    await user.clear(colour);
    await user.type(colour, '#ffd54a');
    const preview = screen.getByRole('region', { name: 'How it will look' });
    expect(within(preview).getAllByText('Help at hand')[0]).toBeVisible();
    expect(within(preview).getByText('Send request')).toHaveStyle({
      background: '#ffd54a',
      color: '#14171c',
    });
    expect(desk.settings.kept.desk[0]?.setting.name).toBe('Demo desk');
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept.desk[0]?.setting).toMatchObject({
        name: 'Help at hand',
        accent: '#ffd54a',
      }),
    );
  });

  it('puts another language first', async () => {
    const { desk, user } = open('desk');
    await press(user, 'Move English down');
    await press(user, /Add Español/);
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept.desk[0]?.setting.languages).toEqual(['pt_PT', 'en', 'es']),
    );
  });
});

describe('text on the colour of the desk', () => {
  it.each([
    ['#2f5bd0', '#ffffff'],
    ['#ffd54a', '#14171c'],
    ['#000000', '#ffffff'],
  ])('on %s is %s', (colour, ink) => {
    expect(inkOn(colour)).toBe(ink);
    expect(contrast(ink, colour)).toBeGreaterThan(4.5);
  });
});
