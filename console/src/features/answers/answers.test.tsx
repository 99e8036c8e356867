import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';
import { EMPTY, keepDraft } from '../composer/drafts';
import './AnswersPage';
import { fitting, slashAt, withWords } from './slash';

// Pages are loaded when they are first opened, which takes its time on a busy machine.
const LONG = { timeout: 9000 };

function open(path: string, role: 'administrator' | 'agent' = 'administrator') {
  const desk = new FakeDesk();
  desk.profile.role = role;
  history.replaceState(null, '', `/console${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup() };
}

const reply = async (user: ReturnType<typeof userEvent.setup>) => {
  const field = await screen.findByRole('textbox', { name: 'Reply to the customer' }, LONG);
  await user.click(field);
  return field;
};

/** The one that is left in the list. */
const only = async () =>
  within(await screen.findByRole('listbox', { name: 'Ready-made words' }, LONG)).getByRole(
    'option',
  );

beforeEach(() => keepDraft('ana', 1042, EMPTY));

describe('ready-made words in the composer', () => {
  it('are put in by a slash and Enter', async () => {
    const { desk, user } = open('/tickets/1042');
    const field = await reply(user);
    await user.type(field, '/');
    const list = await screen.findByRole('listbox', { name: 'Ready-made words' }, LONG);
    expect(within(list).getAllByRole('option')).toHaveLength(5);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(desk.answers.used).toHaveLength(1));
    await waitFor(() => expect(field).not.toHaveValue('/'));
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(field).toHaveFocus();
  });

  it('are narrowed down by letters, and bring their files', async () => {
    const { user } = open('/tickets/1042');
    const field = await reply(user);
    await user.type(field, 'Thanks. /something');
    expect(await only()).toHaveTextContent('How to send something back');
    await user.keyboard('{Tab}');
    expect(await screen.findByText('return-note.pdf')).toBeVisible();
    expect(field).toHaveValue(
      'Thanks. Put the return note into the box and bring it to any post office within 30 days.',
    );
  });

  it('change the ticket where a macro says so', async () => {
    const { desk, user } = open('/tickets/1042');
    await user.type(await reply(user), '/refund');
    await only();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(desk.tickets.find(1042).ticket.tags).toContain('refund'));
  });

  it('leave a slash that nobody meant alone', async () => {
    const { user } = open('/tickets/1042');
    const field = await reply(user);
    await user.type(field, 'and/or');
    expect(screen.queryByRole('listbox')).toBeNull();
    await user.type(field, ' /');
    await screen.findByRole('listbox', {}, LONG);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(field).toHaveValue('and/or /');
  });
});

describe('a slash', () => {
  it('is one at the beginning or behind a blank', () => {
    expect(slashAt('/he', 3)).toEqual({ from: 0, sought: 'he' });
    expect(slashAt('So\n/', 4)).toEqual({ from: 3, sought: '' });
    expect(slashAt('1/2', 3)).toBeNull();
    expect(slashAt('https://', 8)).toBeNull();
  });

  it('gives way to the words', () => {
    expect(withWords('A /x B', { from: 2, sought: 'x' }, 'word')).toEqual({
      text: 'A word B',
      caret: 6,
    });
  });

  it('gives first what was used last', async () => {
    const all = await new FakeDesk().answers.list();
    const [first] = fitting(all, '', ['desk~canned_message~hello']);
    expect(first?.title).toBe('Greeting');
  });

  it('finds titles before texts', async () => {
    const all = await new FakeDesk().answers.list();
    expect(fitting(all, 're').map(({ title }) => title)[0]).toBe('Refund granted');
  });
});

describe('the page of ready-made words', () => {
  it('lists whose they are, and keeps a new one', async () => {
    const { desk, user } = open('/setup/answers');
    const list = await screen.findByRole('list', { name: 'Ready-made words' }, LONG);
    expect(within(list).getAllByRole('link')[0]).toHaveTextContent('Everybody');
    await user.click(screen.getByRole('link', { name: 'New words' }));
    await user.type(await screen.findByRole('textbox', { name: /Title/ }, LONG), 'Thanks');
    await user.type(screen.getByRole('textbox', { name: 'Words' }), 'Thank you.');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(desk.answers.kept.at(-1)?.title).toBe('Thanks'));
    expect(await screen.findByRole('link', { name: /Thanks/ }, LONG)).toBeVisible();
  });

  it('is there for agents too', async () => {
    open('/setup/answers', 'agent');
    expect(await screen.findByRole('list', { name: 'Ready-made words' }, LONG)).toBeVisible();
    expect(screen.queryByRole('navigation', { name: 'Pages' })).toBeNull();
  });
});
