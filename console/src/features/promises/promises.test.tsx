import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';
import { speak } from '../../i18n';

const SLOW = { timeout: 9000 };

function open(path: string, role: 'administrator' | 'agent' = 'administrator') {
  const desk = new FakeDesk();
  desk.profile.role = role;
  history.replaceState(null, '', `/console/setup/${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup() };
}

const list = (name: string) => screen.findByRole('list', { name }, SLOW);
const titles = (element: HTMLElement) =>
  within(element)
    .getAllByRole('link')
    .map((link) => link.textContent);
const policy = (desk: FakeDesk, id: string) =>
  desk.settings.kept['sla-policies'].find(({ setting }) => setting.id === id)?.setting;
const rule = (desk: FakeDesk, id: string) =>
  desk.settings.kept['time-rules'].find(({ setting }) => setting.id === id)?.setting;
const save = async (user: ReturnType<typeof userEvent.setup>) =>
  user.click(screen.getByRole('button', { name: 'Save' }));

describe('service levels', () => {
  it('stand in the order in which they are tried, each with whom it is for', async () => {
    open('service-levels');
    const [first, second] = titles(await list('Service levels'));
    await waitFor(() =>
      expect(titles(screen.getByRole('list', { name: 'Service levels' }))[0]).toContain(
        'Requester’s domain is gold.example or partner.example and priority is at least Normal',
      ),
    );
    expect(first).toContain('Gold customers');
    expect(second).toMatch(/Everybody.*All other tickets of Billing/);
  });

  it('are moved by the keyboard, and the focus stays on what was moved', async () => {
    const { desk, user } = open('service-levels');
    await list('Service levels');
    const up = screen.getByRole('button', { name: 'Move Everybody up' });
    up.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(policy(desk, 'standard')?.position).toBe(10));
    expect(policy(desk, 'gold')?.position).toBe(20);
    expect(titles(await list('Service levels'))[0]).toContain('Everybody');
    expect(screen.getByRole('button', { name: 'Move Everybody up' })).toHaveFocus();
  });

  it('take business time as people write it, and no time for no promise', async () => {
    const { desk, user } = open('service-levels/gold');
    const cell = await screen.findByLabelText('First reply, priority Normal', {}, SLOW);
    expect(cell).toHaveValue('1 h 30 min');
    await user.clear(cell);
    await user.type(cell, '2h15');
    await user.clear(screen.getByLabelText('Resolution, priority Urgent'));
    await save(user);
    await waitFor(() => expect(policy(desk, 'gold')?.minutes.normal?.first_response).toBe(135));
    expect(policy(desk, 'gold')?.minutes.urgent).toEqual({
      first_response: 15,
      next_response: 30,
    });
  });

  it('are not saved while a time cannot be read', async () => {
    const { desk, user } = open('service-levels/gold');
    const cell = await screen.findByLabelText('First reply, priority Normal', {}, SLOW);
    await user.clear(cell);
    await user.type(cell, 'soon');
    await save(user);
    expect(screen.getByText('Write hours and minutes, for example 1 h 30 min.')).toBeVisible();
    expect(cell).toHaveFocus();
    expect(policy(desk, 'gold')?.minutes.normal?.first_response).toBe(90);
  });

  it('say their conditions as a sentence while these are made', async () => {
    const { desk, user } = open('service-levels/standard');
    await user.click(await screen.findByRole('button', { name: 'Add condition' }, SLOW));
    const row = screen.getByRole('group', { name: 'Condition 1' });
    expect(within(row).getByRole('combobox', { name: 'Field' })).toHaveFocus();
    await user.click(within(row).getByLabelText('Values', { selector: 'input' }));
    await user.click(await screen.findByRole('option', { name: 'Billing' }));
    await user.click(await screen.findByRole('option', { name: 'Technical support' }));
    expect(await screen.findByText('department is Billing or Technical support')).toBeVisible();
    await save(user);
    await waitFor(() =>
      expect(policy(desk, 'standard')?.conditions.all_of).toEqual([
        { field: 'department', operator: 'is', values: ['billing', 'technical'] },
      ]),
    );
  });

  it('have alternatives, of which one is enough', async () => {
    const { user } = open('service-levels/gold');
    await user.click(await screen.findByRole('button', { name: /^Add alternatives/ }, SLOW));
    await user.click(screen.getByRole('button', { name: 'Add alternative' }));
    const rows = screen.getByRole('list', { name: 'and at least one of these' });
    await user.click(within(rows).getByRole('combobox', { name: 'Field' }));
    await user.click(await screen.findByRole('option', { name: 'Tags' }));
    await user.type(within(rows).getByLabelText('Values', { selector: 'input' }), 'vip{Enter}');
    expect(screen.getByText(/at least Normal, and also tags include vip$/)).toBeVisible();
  });

  it('ask the desk’s own fields in the way of their kind', async () => {
    const { user } = open('service-levels/standard');
    await user.click(await screen.findByRole('button', { name: 'Add condition' }, SLOW));
    await user.click(screen.getByRole('combobox', { name: 'Field' }));
    await user.click(await screen.findByRole('option', { name: 'Bought on' }));
    await user.click(screen.getByRole('combobox', { name: 'Comparison' }));
    await user.click(await screen.findByRole('option', { name: 'is on or after' }));
    expect(screen.getByLabelText('Values')).toHaveAttribute('type', 'date');
  });

  it('show beside a condition what the desk refused about it', async () => {
    const { desk, user } = open('service-levels/gold');
    await user.click(await screen.findByRole('button', { name: 'Remove step 3' }, SLOW));
    const message = 'There is no such entry: gold.example.';
    desk.settings.faults = [{ field: 'sla_policies.gold.conditions.all_of.0.values', message }];
    await save(user);
    const row = (await screen.findByRole('group', { name: 'Condition 1' })).closest('li');
    await waitFor(() => expect(row).toHaveTextContent(message));
  });
});

describe('time rules', () => {
  it('stand as sentences, with whether they are on', async () => {
    open('time-rules');
    const rows = await list('Time rules');
    await waitFor(() =>
      expect(titles(rows)).toEqual([
        'Somebody waits for a day24 h after the customer began to wait for an answer, if status is New or Open: tell the supervisors and raise the priority by one.On',
        'No answer for four days4 working days (Office hours, Lisbon) after the last message with the customer, if status is Answered: resolve it.Off',
      ]),
    );
  });

  it('offer the closing of resolved tickets ready-made, and off until it is switched on', async () => {
    const { desk, user } = open('time-rules');
    await user.click(await screen.findByRole('link', { name: /Look at it ?Close resolved/ }, SLOW));
    expect(await screen.findByRole('switch', { name: /^On/ }, SLOW)).not.toBeChecked();
    const days = screen.getByLabelText('How long');
    await user.clear(days);
    await user.type(days, '7');
    expect(
      screen.getByText('7 days after it got its present status, if status is Resolved: close it.'),
    ).toBeVisible();
    await save(user);
    await waitFor(() =>
      expect(rule(desk, 'close-resolved-tickets')).toMatchObject({
        is_active: false,
        after_days: 7,
        position: 30,
      }),
    );
    await list('Time rules');
    expect(screen.queryByRole('link', { name: /Look at it Close resolved/ })).toBeNull();
  });

  it('count in days or in hours, never in both', async () => {
    const { desk, user } = open('time-rules/open-a-day');
    expect(await screen.findByLabelText('How long', {}, SLOW)).toHaveValue('24');
    await user.click(screen.getByRole('combobox', { name: 'Unit' }));
    await user.click(await screen.findByRole('option', { name: 'days' }));
    await save(user);
    await waitFor(() =>
      expect(rule(desk, 'open-a-day')).toMatchObject({ after_days: 24, after_minutes: 0 }),
    );
  });

  it('do several things in the order that is said', async () => {
    const { desk, user } = open('time-rules/open-a-day');
    await user.click(await screen.findByRole('button', { name: 'Add step' }, SLOW));
    const third = screen.getByRole('group', { name: 'Step 3' });
    await user.click(within(third).getByRole('combobox', { name: 'What is done' }));
    await user.click(await screen.findByRole('option', { name: 'Move to the department' }));
    await user.click(within(third).getByRole('combobox', { name: 'Value' }));
    await user.click(await screen.findByRole('option', { name: 'Billing' }));
    await user.click(screen.getByRole('button', { name: 'Move step 3 up' }));
    await save(user);
    await waitFor(() =>
      expect(rule(desk, 'open-a-day')?.steps.map(({ kind }) => kind)).toEqual([
        'notify_supervisor',
        'move_department',
        'raise_priority',
      ]),
    );
  });

  it('say what would be here where there are none', async () => {
    const { desk } = open('lists/mine');
    desk.settings.kept['time-rules'] = [];
    history.pushState(null, '', '/console/setup/time-rules');
    window.dispatchEvent(new PopStateEvent('popstate'));
    expect(await screen.findByText('No time rules yet', {}, SLOW)).toBeVisible();
  });

  it('are said in the language of the reader', async () => {
    const { desk } = open('time-rules');
    desk.profile.language = 'pt_BR';
    await speak('pt-BR');
    expect(
      (await screen.findAllByText(/avisar os supervisores e aumentar a prioridade/, {}, SLOW))[0],
    ).toBeVisible();
  });

  it('are for administrators', async () => {
    open('time-rules', 'agent');
    expect(await screen.findByText(/You may not do this/, {}, SLOW)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Service levels' })).toBeNull();
  });
});
