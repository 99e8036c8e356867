import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';
import { prefer } from '../account/preferences';
import { EMPTY, keepDraft } from './drafts';

function open(path: string, desk = new FakeDesk()) {
  history.replaceState(null, '', `/console${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  const user = userEvent.setup();
  return { desk, user };
}

const replyField = () => screen.findByRole('textbox', { name: 'Reply to the customer' });

beforeEach(() => {
  prefer({ undoSeconds: 10, singleKeys: true });
  keepDraft('ana', 1042, EMPTY);
});

describe('what an agent says', () => {
  it('leaves nothing behind in the composer when the reply has gone to the desk', async () => {
    const { desk, user } = open('/tickets/1042');
    await user.type(await replyField(), 'On its way');
    await user.click(screen.getByRole('button', { name: 'Send reply' }));
    await waitFor(() => expect(desk.later.on(1042)).toMatchObject([{ text: 'On its way' }]));
    expect(await replyField()).toHaveValue('');
  });

  it('is for colleagues only where a collaborator says it', async () => {
    const desk = new FakeDesk();
    desk.profile.role = 'collaborator';
    const { user } = open('/tickets/1042', desk);
    const field = await screen.findByRole('textbox', { name: 'Internal note' });
    expect(screen.getByRole('button', { name: 'Reply' })).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Send reply' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Assigned to|^Take it|^Postpone/ })).toBeNull();
    await user.type(field, 'Ask the supplier');
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    expect(await screen.findByText('Ask the supplier')).toBeVisible();
  });

  it('keeps a reply for later from the menu, and takes it back with its words', async () => {
    const { desk, user } = open('/tickets/1042');
    await user.type(await replyField(), 'Good morning');
    await user.click(screen.getByRole('button', { name: 'More ways to send' }));
    await user.click(await screen.findByRole('menuitem', { name: /Tomorrow morning/ }));
    const card = await screen.findByRole('article', { name: 'Scheduled reply of Ana Demo' });
    expect(card).toHaveTextContent(/Will be sent .*9:00/);
    expect(desk.later.on(1042)).toHaveLength(1);
    await user.click(within(card).getByRole('button', { name: 'Take back' }));
    await waitFor(() => expect(desk.later.on(1042)).toHaveLength(0));
    expect(await replyField()).toHaveValue('Good morning');
  });

  it('chooses the hour of a reply by keys alone', async () => {
    const { desk, user } = open('/tickets/1042');
    await user.type(await replyField(), 'Good morning');
    await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Send later' });
    within(dialog)
      .getByRole('button', { name: /Tomorrow morning/ })
      .focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(desk.later.on(1042)).toHaveLength(1));
  });

  it('edits a reply that waits, and sends it before its time', async () => {
    const { desk, user } = open('/tickets/1042');
    const version = desk.tickets.find(1042).ticket.version;
    const send_at = new Date(Date.now() + 3_600_000).toISOString();
    await desk.say(1042, { kind: 'public_reply', text: 'Soon', send_at }, version, 'k');
    const card = await screen.findByRole('article', { name: /Scheduled reply/ }, { timeout: 9000 });
    await user.click(within(card).getByRole('button', { name: 'Edit' }));
    const field = await screen.findByRole('textbox', { name: 'Reply' });
    await user.clear(field);
    await user.type(field, 'Very soon');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await within(card).findByText('Very soon')).toBeInTheDocument();
    await user.click(within(card).getByRole('button', { name: 'Send now' }));
    await waitFor(() =>
      expect(desk.tickets.find(1042).entries.findLast((one) => 'text' in one)).toMatchObject({
        kind: 'public_reply',
        text: 'Very soon',
      }),
    );
  });

  it('says why a reply was held back', async () => {
    const desk = new FakeDesk();
    const version = desk.tickets.find(1042).ticket.version;
    const send_at = new Date(Date.now() + 20).toISOString();
    await desk.say(1042, { kind: 'public_reply', text: 'Late', send_at }, version, 'k');
    desk.customerWrites(1042, 'Wait.');
    await new Promise((resolve) => setTimeout(resolve, 30));
    open('/tickets/1042', desk);
    const card = await screen.findByRole('article', { name: /Scheduled reply/ });
    expect(card).toHaveTextContent('Something was said on the ticket before this could leave.');
    expect(within(card).getByRole('button', { name: 'Send anyway' })).toBeVisible();
  });

  it('writes a contact elsewhere down as a note of its own kind', async () => {
    const { desk, user } = open('/tickets/1042');
    await replyField();
    await user.click(screen.getByRole('button', { name: 'Contact elsewhere' }));
    await user.click(screen.getByRole('radio', { name: 'In person' }));
    const field = screen.getByRole('textbox', { name: 'Note of a contact elsewhere' });
    await user.type(field, 'Met at the fair');
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    const note = await screen.findByRole('article', { name: /Contact elsewhere, noted by Ana/ });
    expect(note).toHaveTextContent('Talk in person');
    expect(note).toHaveTextContent('Internal note');
    expect(desk.tickets.find(1042).entries.at(-1)).toMatchObject({ channel: 'in_person' });
  });

  it('shows whom the sender wrote to as well, to be added by a click', async () => {
    const desk = new FakeDesk();
    const [number] = [...desk.tickets.kept].find(
      ([, kept]) => kept.ticket.subject === 'Where is my replacement part?',
    ) ?? [0];
    const { user } = open(`/tickets/${number}`, desk);
    await user.click(
      await screen.findByRole('button', { name: 'Add buyer@example.org to this ticket' }),
    );
    await waitFor(() =>
      expect(desk.tickets.find(number).ticket.participants).toContain('buyer@example.org'),
    );
    expect(screen.queryByText('Also written to:')).not.toBeInTheDocument();
    expect(screen.getByText(/The address did not take this mail/)).toBeVisible();
    expect(screen.queryByText(/out of the office/)).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show the automatic reply' }));
    expect(screen.getByText(/out of the office/)).toBeVisible();
  });
});

describe('a new ticket', () => {
  it('can begin with a mail to the requester', async () => {
    const { desk, user } = open('/lists/mine');
    await user.click(await screen.findByRole('button', { name: 'New ticket' }));
    const dialog = await screen.findByRole('dialog', { name: 'New ticket' });
    const fill = (name: RegExp, text: string) =>
      user.type(within(dialog).getByRole('textbox', { name }), text);
    await user.type(
      within(dialog).getByLabelText(/Name of the requester/, { selector: 'input' }),
      'Nina Sample',
    );
    await fill(/E-mail of the requester/, 'nina@example.com');
    await fill(/Subject/, 'Your order');
    await user.click(within(dialog).getByRole('radio', { name: 'A mail to the requester' }));
    await fill(/Your mail to the requester/, 'It is ready.');
    await user.click(within(dialog).getByRole('button', { name: 'Open ticket and send' }));
    await waitFor(() =>
      expect(desk.tickets.find(1043)).toMatchObject({
        ticket: { status: 'answered' },
        entries: [{ kind: 'public_reply' }, {}],
      }),
    );
  });
});
