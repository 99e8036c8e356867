import { screen, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import type { Setting } from '../../api/settings';
import { App } from '../../app/App';

const SLOW = { timeout: 9000 };

function open(path: string) {
  const desk = new FakeDesk();
  desk.profile.role = 'administrator';
  history.replaceState(null, '', `/console/setup/${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  const kept = (id: string): Setting<'departments'> | undefined =>
    desk.settings.kept.departments.find(({ setting }) => setting.id === id)?.setting;
  return { desk, kept, user: userEvent.setup() };
}

const press = async (user: ReturnType<typeof userEvent.setup>, name: string) =>
  user.click(await screen.findByRole('button', { name }, SLOW));

async function choose(user: ReturnType<typeof userEvent.setup>, field: string, option: string) {
  await user.click(await screen.findByRole('combobox', { name: field }, SLOW));
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('how a department gives out its tickets', () => {
  it('is chosen by what each way does, with what is to happen when nobody who knows is there', async () => {
    const { kept, user } = open('departments/technical');
    expect(await screen.findByText('Whoever was given one longest ago.', {}, SLOW)).toBeVisible();
    expect(screen.queryByRole('radio', { name: 'The ticket waits' })).toBeNull();
    await user.click(screen.getByRole('radio', { name: 'Whoever knows it' }));
    expect(screen.getByRole('radio', { name: 'The ticket waits' })).toBeChecked();
    await user.click(screen.getByRole('radio', { name: 'It goes to somebody else' }));
    await user.click(screen.getByRole('switch', { name: /Keep customers/ }));
    await press(user, 'Save');
    await waitFor(() =>
      expect(kept('technical')).toMatchObject({
        strategy: 'by_skill',
        skill_fallback: 'anyone',
        keep_with_last_agent: true,
      }),
    );
  });

  it('says when tickets leave somebody who is away, and where that is set', async () => {
    open('departments/technical');
    expect(await screen.findByText(/After 2 h the tickets/, {}, SLOW)).toBeVisible();
    expect(screen.getByRole('link', { name: /for all departments/ })).toHaveAttribute(
      'href',
      '/console/setup/assignment',
    );
  });
});

describe('what was saved and will hardly be meant', () => {
  it('is said beside the form and stays until it is read', async () => {
    const { desk, kept, user } = open('departments/technical');
    const message = 'No member has a skill or a language yet: tickets are given out in turn.';
    desk.settings.warnings = [{ field: 'strategy', message }];
    await user.click(await screen.findByRole('radio', { name: 'Whoever knows it' }, SLOW));
    await press(user, 'Save');

    const said = await screen.findByText(message);
    expect(kept('technical')?.strategy).toBe('by_skill');
    await waitFor(() => expect(said.closest('[role="alert"]')).toHaveFocus());
    expect(screen.getByRole('radio', { name: 'Whoever knows it' })).toBeVisible();

    await press(user, 'Understood');
    expect(await screen.findByRole('list', { name: 'Departments' }, SLOW)).toBeVisible();
    expect(screen.queryByText(message)).toBeNull();
  });
});

describe('an agent', () => {
  it('has languages, topics and hours', async () => {
    const { desk, user } = open('agents/ben');
    await choose(user, 'Answers in', 'Español');
    await choose(user, 'Knows about', 'Invoices and payments');
    await press(user, 'Save');
    await waitFor(() =>
      expect(
        desk.settings.kept.agents.find(({ setting }) => setting.id === 'ben')?.setting,
      ).toMatchObject({ languages: ['es'], skills: ['invoices'], calendar_id: '' }),
    );
  });
});

describe('the page of what tickets weigh', () => {
  it('keeps the weights that are filled in, by priority and by type', async () => {
    const { desk, user } = open('assignment');
    const urgent = await screen.findByRole('textbox', { name: 'Urgent' }, SLOW);
    expect(urgent).toHaveValue('3');
    await user.clear(urgent);
    await user.type(screen.getByRole('textbox', { name: 'High' }), '2');
    await user.type(await screen.findByRole('textbox', { name: 'Incident' }, SLOW), '4');
    await press(user, 'Save');
    await waitFor(() =>
      expect(desk.settings.kept['assignment-rules'][0]?.setting).toMatchObject({
        weights_by_priority: { high: 2 },
        weights_by_type: { incident: 4 },
      }),
    );
  });

  it('says after how long tickets leave who is away, or that they stay', async () => {
    const { desk, user } = open('assignment');
    const releases = () => desk.settings.kept['assignment-rules'][0]?.setting.release_after_minutes;
    const away = await screen.findByRole('textbox', { name: /somebody is away/ }, SLOW);
    expect(away).toHaveValue('2 h');
    await user.clear(away);
    await user.type(away, '90');
    await press(user, 'Save');
    await waitFor(() => expect(releases()).toBe(90));
    await user.clear(away);
    await press(user, 'Save');
    await waitFor(() => expect(releases()).toBeNull());
  });
});
