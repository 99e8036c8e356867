import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';

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

describe('a type', () => {
  it('stands in the list with the number of its fields and its departments', async () => {
    open('ticket-types');
    const rows = await list('Types');
    expect(within(rows).getByRole('link', { name: /Incident/ })).toHaveTextContent('5 fields');
    expect(within(rows).getByRole('link', { name: /Question/ })).toHaveTextContent(
      'All departments',
    );
  });

  it('shows the form as the requester sees it, and as the agent does', async () => {
    const { user } = open('ticket-types/incident');
    const preview = await screen.findByRole('region', { name: 'How it will look' }, SLOW);
    expect(await within(preview).findByText('Choose all that fit')).toBeVisible();
    expect(within(preview).queryByText('Root cause')).toBeNull();
    await user.click(within(preview).getByText('Agent'));
    expect(within(preview).getByText('Root cause')).toBeVisible();
    await user.click(within(preview).getByRole('combobox', { name: 'Language of the form' }));
    await user.click(await screen.findByRole('option', { name: /Portugal/ }));
    expect(within(preview).getByText('O que é afetado')).toBeVisible();
  });

  it('says when each field is needed, and shows at once what that does', async () => {
    const { desk, user } = open('ticket-types/return');
    await choose(user, 'When How many pieces is needed', 'Needed to open the ticket');
    await user.click(screen.getByRole('checkbox', { name: 'Requesters fill in How many pieces' }));
    expect(await screen.findByText(/Only agents see it/)).toBeVisible();
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept['ticket-types'][1]?.setting.fields).toContainEqual({
        field_id: 'pieces',
        required: 'creation',
        on_form: false,
      }),
    );
  });

  it('has its fields moved by keyboard, and the focus stays on the button', async () => {
    const { desk, user } = open('ticket-types/return');
    const down = await screen.findByRole('button', { name: 'Move Order number down' }, SLOW);
    down.focus();
    await user.keyboard('{Enter}{Enter}');
    expect(screen.getByRole('button', { name: 'Move Order number down' })).toHaveFocus();
    await press(user, 'Save');
    await waitFor(() =>
      expect(
        desk.settings.kept['ticket-types'][1]?.setting.fields.map((use) => use.field_id),
      ).toEqual(['reason', 'pieces', 'order-number', 'bought-on']),
    );
  });

  it('gets a field that is made on the way, and nothing typed before is lost', async () => {
    const { desk, user } = open('ticket-types/question');
    await user.type(await box('Name, English'), ' of any kind');
    await press(user, 'New field');
    const dialog = await screen.findByRole('dialog', { name: 'New field' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name, English' }), 'Room');
    await user.click(within(dialog).getByRole('radio', { name: 'Place' }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('combobox', { name: 'When Room is needed' })).toBeVisible();
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept['ticket-types'][2]?.setting).toMatchObject({
        names: { en: 'Question of any kind' },
        fields: [{ field_id: 'room', required: 'never', on_form: true }],
      }),
    );
    expect(desk.settings.kept.fields.at(-1)?.setting).toMatchObject({
      id: 'room',
      kind: 'location',
    });
  });

  it('can be made needed for every ticket before it is resolved', async () => {
    const { desk, user } = open('ticket-types');
    await user.click(await screen.findByRole('switch', { name: /A type is needed/ }, SLOW));
    await waitFor(() =>
      expect(desk.settings.kept['ticket-rules'][0]?.setting.type_to_resolve).toBe(true),
    );
  });
});

describe('a field', () => {
  it('is one of eight kinds, and a list asks for its values in every language', async () => {
    const { desk, user } = open('fields/_new');
    await user.type(await box('Name, English'), 'Colour');
    await user.type(
      screen.getByRole('textbox', { name: 'Help text, Português (Portugal)' }),
      'Qual',
    );
    expect(screen.getAllByRole('radio', { name: /./ }).length).toBeGreaterThanOrEqual(8);
    await user.click(screen.getByRole('radio', { name: 'One of a list' }));
    await press(user, 'Add a value');
    expect(screen.getByRole('textbox', { name: 'Value 1, English' })).toHaveFocus();
    await user.keyboard('Red');
    await press(user, 'Add a value');
    await user.keyboard('Blue');
    await user.type(screen.getByRole('textbox', { name: 'Value 2, Português (Portugal)' }), 'Azul');
    await press(user, 'Move Blue up');
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept.fields.at(-1)?.setting).toEqual({
        id: 'colour',
        kind: 'choice',
        names: { en: 'Colour' },
        hints: { pt_PT: 'Qual' },
        choices: [
          { id: 'blue', names: { en: 'Blue', pt_PT: 'Azul' } },
          { id: 'red', names: { en: 'Red' } },
        ],
      }),
    );
  });

  it('keeps its kind and the ids of its values once it is stored', async () => {
    const { desk, user } = open('fields/reason');
    const damaged = await box('Value 1, English');
    expect(screen.queryByRole('radio', { name: 'Number' })).toBeNull();
    await user.clear(damaged);
    await user.type(damaged, 'It broke on the way');
    await press(user, 'Save');
    await waitFor(() =>
      expect(
        desk.settings.kept.fields.find(({ setting }) => setting.id === 'reason')?.setting
          .choices[0],
      ).toMatchObject({ id: 'damaged', names: { en: 'It broke on the way' } }),
    );
  });

  it('is not removed while a type uses it, and all of these are named with the way there', async () => {
    const { desk, user } = open('fields/device');
    desk.settings.faults = [
      { field: 'ticket_types.incident.fields', message: 'It is still needed here.' },
      { field: 'ticket_types.return.fields', message: 'It is still needed here.' },
    ];
    await press(user, 'Remove');
    await press(user, 'Remove');
    const alert = await screen.findByText(/This is still needed/);
    const refusal = within(alert.parentElement as HTMLElement);
    expect(await refusal.findByRole('link', { name: 'Ticket types: Incident' })).toBeVisible();
    expect(refusal.getByRole('link', { name: 'Ticket types: Return' })).toBeVisible();
    expect(desk.settings.kept.fields.some(({ setting }) => setting.id === 'device')).toBe(true);
  });
});

describe('a status label', () => {
  it('stands for one status, which the list says', async () => {
    open('status-labels');
    const rows = await list('Status labels');
    expect(rows).toHaveTextContent('Label for Postponed');
    expect(rows).toHaveTextContent('In place of Answered');
  });

  it('that stands for nothing is refused beside the field', async () => {
    const { desk, user } = open('status-labels/_new');
    await user.type(await box('Name, English'), 'Waits');
    desk.settings.faults = [{ field: 'status', message: 'This field is required.' }];
    await press(user, 'Save');
    const status = screen.getByRole('combobox', { name: 'Stands for' });
    await waitFor(() => expect(status).toHaveAccessibleDescription(/This field is required/));
    desk.settings.faults = [];
    await choose(user, 'Stands for', 'Postponed');
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept['status-labels'].at(-1)?.setting).toMatchObject({
        id: 'waits',
        status: 'postponed',
        is_name_of_status: false,
      }),
    );
  });
});

describe('a topic', () => {
  it('is added at the end, with department, type and priority', async () => {
    const { desk, user } = open('topics/_new');
    await user.type(await box('Name, English'), 'Spare parts');
    await choose(user, 'Department', 'Orders and shipping');
    await choose(user, 'Type', 'Return');
    await choose(user, 'Priority', 'High');
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept.topics.at(-1)?.setting).toMatchObject({
        department_id: 'shipping',
        type_id: 'return',
        priority: 'high',
        position: 50,
      }),
    );
    expect(await list('Topics')).toHaveTextContent('Orders and shipping · Return · High');
  });

  it('asks before what was typed is lost', async () => {
    const { user } = open('topics/invoices');
    await user.type(await box('Name, English'), ' and more');
    await user.click(screen.getByRole('link', { name: /Back to/ }));
    expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
    await press(user, 'Stay here');
    expect(await box('Name, English')).toHaveValue('Invoices and payments and more');
  });
});

describe('the rules for tickets', () => {
  it('say for how long a closed ticket opens again, in days or hours, or for ever', async () => {
    const { desk, user } = open('ticket-rules');
    const rules = () => desk.settings.kept['ticket-rules'][0]?.setting;
    const long = await box('How long');
    expect(long).toHaveValue('14');
    await user.clear(long);
    await user.type(long, '36');
    await choose(user, 'Hours or days', 'hours');
    await press(user, 'Save');
    await waitFor(() => expect(rules()?.reopen_hours).toBe(36));
    await user.click(screen.getByRole('radio', { name: 'It always opens again' }));
    await press(user, 'Save');
    await waitFor(() => expect(rules()?.reopen_hours).toBeNull());
    expect(screen.getByText(/restored for 30 days/)).toBeVisible();
  });
});

describe('satisfaction', () => {
  it('is asked for some time after the end, and not by some departments', async () => {
    const { desk, user } = open('satisfaction');
    const rules = () => desk.settings.kept['satisfaction-rules'][0]?.setting;
    const hours = await box('Hours until the question');
    await user.clear(hours);
    await user.type(hours, '48');
    await user.click(screen.getByRole('radio', { name: 'closed' }));
    await choose(user, 'Departments that do not ask', 'Billing');
    await press(user, 'Save');
    await waitFor(() =>
      expect(rules()).toMatchObject({
        after: 'closed',
        delay_hours: 48,
        excluded_departments: ['billing'],
      }),
    );
    await user.click(screen.getByRole('switch', { name: /Ask customers/ }));
    await press(user, 'Save');
    await waitFor(() => expect(rules()?.is_active).toBe(false));
  });
});
