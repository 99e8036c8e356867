import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { ME } from '../../api/fake/people';
import { App } from '../../app/App';
import { EMPTY, keepDraft } from '../composer/drafts';
import { callable, mentionAt, withMention } from './mention';

function open(desk = new FakeDesk()) {
  history.replaceState(null, '', '/console/tickets/1042');
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup(), last: () => desk.tickets.find(1042).entries.at(-1) };
}

const writeNote = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.click(await screen.findByRole('button', { name: 'Note' }));
  return screen.findByRole('textbox', { name: 'Internal note' });
};

beforeEach(() => keepDraft('ana', 1042, EMPTY));

describe('a note', () => {
  it('has things to tick off, and shows how many are done', async () => {
    const { desk, user } = open();
    const card = await screen.findByRole('article', { name: 'Internal note of Diego Demo' });
    expect(card).toHaveTextContent('1 of 3 done');
    expect(card).toHaveTextContent('Called in: Ben Demo');
    await user.click(within(card).getByRole('checkbox', { name: 'Send the credit note' }));
    expect(await within(card).findByText('2 of 3 done')).toBeVisible();
    await waitFor(() => expect(desk.tickets.find(1042).ticket.ticked).toContain('msg-1042-2:1'));
  });

  it('is written with a list by keys alone', async () => {
    const { user, last } = open();
    const field = await writeNote(user);
    await user.type(field, 'To do');
    await user.click(screen.getByRole('button', { name: 'Checklist' }));
    await user.type(await screen.findByRole('textbox', { name: 'Item 1' }), 'Call them{Enter}');
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Item 2' })).toHaveFocus());
    await user.keyboard('Write it down');
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    await waitFor(() =>
      expect(last()).toMatchObject({ text: 'To do', items: ['Call them', 'Write it down'] }),
    );
  });

  it('comes back to its author at the time that he chose', async () => {
    const { desk, user } = open();
    await user.type(await writeNote(user), 'Look again');
    await user.click(screen.getByRole('button', { name: 'Remind me' }));
    await user.click(await screen.findByRole('button', { name: /Tomorrow morning/ }));
    expect(await screen.findByRole('button', { name: /You are reminded/ })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    await waitFor(() => expect(desk.tickets.find(1042).ticket.reminders).toHaveLength(1));
    expect(await screen.findByText(/Reminder for Ana Demo/)).toBeVisible();
  });

  it('calls a colleague in: @, letters, Enter', async () => {
    const { user } = open();
    const field = await writeNote(user);
    await user.type(field, 'Please look, @di');
    const list = await screen.findByRole('listbox', { name: 'Colleagues to call in' });
    expect(within(list).getAllByRole('option')).toHaveLength(1);
    expect(field).toHaveAttribute('aria-activedescendant');
    await user.keyboard('{Enter}');
    expect(field).toHaveValue('Please look, @diego ');
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
  });
});

describe('the @ that is being written', () => {
  it.each([
    ['Ask @be', { from: 4, sought: 'be' }],
    ['@', { from: 0, sought: '' }],
    ['mail@be', null],
    ['Ask @ben now', null],
  ])('in “%s” is %o', (text, found) => {
    expect(mentionAt(text, text.length)).toEqual(found);
  });

  it('is replaced by the id, and nothing else of the text', () => {
    const text = 'Ask @be now';
    const next = withMention(text, { from: 4, sought: 'be' }, 'ben');
    expect(next).toEqual({ text: 'Ask @ben now', caret: 9 });
  });

  it('finds only who can see tickets of the department', () => {
    const names = (department: string) => callable(ME, department, '').map((one) => one.id);
    expect(names('shipping')).toEqual(['carla', 'diego', 'eve']);
    expect(names('billing')).toEqual(['ben', 'diego', 'eve']);
  });
});
