import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../tests/render';
import { FakeDesk } from '../api/fake/FakeDesk';
import { ApiProblem } from '../api/problems';
import { prefer } from '../features/account/preferences';
import { EMPTY, keepDraft } from '../features/composer/drafts';
import { App } from './App';

function open(path: string, desk = new FakeDesk()) {
  history.replaceState(null, '', `/console${path}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  const user = userEvent.setup();
  return { desk, user };
}

const ticketPage = () => screen.findByRole('main', { name: /Ticket/ });
const replyField = () => screen.findByRole('textbox', { name: 'Reply to the customer' });

beforeEach(() => {
  prefer({ undoSeconds: 10, singleKeys: true });
  keepDraft('ana', 1042, EMPTY);
});

describe('the lists', () => {
  it('show what is due first, with counts beside their names', async () => {
    open('/lists/to_solve');
    const list = await screen.findByRole('list', { name: 'To solve' });
    const rows = await within(list).findAllByRole('link');
    expect(rows[0]).toHaveTextContent('Cannot sign in after changing my phone');
    expect(rows[0]).toHaveTextContent('Breached · 18 min over');
    const views = screen.getByRole('navigation', { name: 'Lists' });
    await waitFor(() => expect(views).toHaveTextContent(/To solve\d+/));
  });

  it('are walked through with j and k, and enter opens the ticket', async () => {
    const { user } = open('/lists/to_solve');
    await screen.findByText('Invoice 2041 shows the wrong VAT');
    await user.keyboard('jj{Enter}');
    expect(await ticketPage()).toHaveAccessibleName('Ticket 1042');
    expect(location.pathname).toBe('/console/tickets/1042');
  });

  it('deal the next ticket and open it', async () => {
    const { desk, user } = open('/lists/to_solve');
    await user.click(await screen.findByRole('button', { name: 'Solve next' }));
    expect(await ticketPage()).toHaveAccessibleName('Ticket 1041');
    expect(desk.tickets.find(1041).ticket.assignee_id).toBe('ana');
  });

  it('say what would be here when nothing is', async () => {
    const desk = new FakeDesk();
    desk.tickets.kept.clear();
    open('/lists/unassigned', desk);
    expect(await screen.findByText('Every ticket has an owner')).toBeInTheDocument();
  });

  it('stay beside the ticket that was opened from them', async () => {
    const { user } = open('/lists/mine');
    await user.click(await screen.findByText('Invoice 2041 shows the wrong VAT'));
    await ticketPage();
    expect(screen.getByRole('heading', { name: 'Mine' })).toBeInTheDocument();
    expect(location.search).toContain('list=mine');
  });

  it('lead elsewhere by g and a letter', async () => {
    const { user } = open('/lists/to_solve');
    await screen.findByText('Invoice 2041 shows the wrong VAT');
    await user.keyboard('gm');
    expect(await screen.findByRole('heading', { name: 'Mine' })).toBeInTheDocument();
  });
});

describe('a ticket', () => {
  it('shows its thread: the customer, the reply and the note, each marked as what it is', async () => {
    open('/tickets/1042');
    expect(await screen.findByRole('article', { name: 'Public reply of Ana Demo' })).toBeVisible();
    const note = screen.getByRole('article', { name: 'Internal note of Diego Demo' });
    expect(note).toHaveTextContent('Internal note');
    expect(screen.getAllByRole('article', { name: 'Message of Marta Sample' })).toHaveLength(2);
  });

  it('shows a mail in a frame that can run nothing', async () => {
    open('/tickets/1042');
    const frame = await screen.findByTitle('Mail of Marta Sample');
    expect(frame.getAttribute('sandbox')).not.toContain('allow-scripts');
  });

  it('sends a reply after the time to undo, to all who are named', async () => {
    const { desk, user } = open('/tickets/1042');
    prefer({ undoSeconds: 0 });
    await user.type(await replyField(), 'The credit note is on its way.');
    expect(screen.getByText('and 2 others')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Send reply' }));
    const sent = await screen.findByText('The credit note is on its way.', {
      selector: 'article *',
    });
    expect(sent.closest('article')).toHaveAccessibleName('Public reply of Ana Demo');
    await waitFor(() => expect(desk.tickets.find(1042).ticket.status).toBe('answered'));
  });

  it('gives the text back when a reply is undone', async () => {
    const { user } = open('/tickets/1042');
    await user.type(await replyField(), 'Too early');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await replyField()).toHaveValue('Too early');
  });

  it('keeps the text when reply is switched to note, and says that it stays inside', async () => {
    const { desk, user } = open('/tickets/1042');
    await user.type(await replyField(), 'Ask finance first');
    await user.click(screen.getByRole('button', { name: 'Note' }));
    expect(screen.getByRole('textbox', { name: 'Internal note' })).toHaveValue('Ask finance first');
    expect(screen.getByText('Only your team sees this')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    await waitFor(() =>
      expect(desk.tickets.find(1042).entries.at(-1)).toMatchObject({ kind: 'internal_note' }),
    );
    expect(desk.tickets.find(1042).ticket.status).toBe('open');
  });

  it('shows what is new when the customer wrote meanwhile, and sends only on request', async () => {
    const { desk, user } = open('/tickets/1042');
    await user.type(await replyField(), 'My answer');
    await user.click(screen.getByRole('button', { name: 'Send reply' }));
    desk.customerWrites(1042, 'Wait, one thing more.');
    await user.click(await screen.findByRole('button', { name: 'Send now' }));
    const dialog = await screen.findByRole('dialog', { name: 'Something is new on this ticket' });
    expect(await within(dialog).findByText('Wait, one thing more.')).toBeInTheDocument();
    expect(within(dialog).getByText('My answer')).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Edit first' }));
    expect(await replyField()).toHaveValue('My answer');
  });

  it('is resolved with e, and the resolving can be undone', async () => {
    const { desk, user } = open('/tickets/1042');
    await ticketPage();
    await user.keyboard('e');
    const status = await screen.findByRole('button', { name: /Status: Resolved/ });
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(status).toHaveAccessibleName(/Status: Open/);
    expect(desk.tickets.find(1042).ticket.status).toBe('open');
  });

  it('puts a change back that the desk refuses, and says so', async () => {
    const { desk, user } = open('/tickets/1042');
    desk.change = () =>
      Promise.reject(
        new ApiProblem({
          type: 'urn:chamado:problem:not-allowed',
          title: '',
          status: 403,
          detail: '',
          advice: '',
          errors: [],
        }),
      );
    await user.click(await screen.findByRole('button', { name: /^Priority:\s*High$/ }));
    await user.click(await screen.findByRole('option', { name: 'Low' }));
    expect(await screen.findByText(/You may not do this/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Priority:\s*High$/ })).toBeInTheDocument();
  });

  it('says so when there is no such ticket for this agent', async () => {
    open('/tickets/999999');
    expect(await screen.findByText('There is no ticket #999999 for you')).toBeInTheDocument();
  });

  it('takes files up to the limits and names what is too large', async () => {
    const { desk, user } = open('/tickets/1042');
    prefer({ undoSeconds: 0 });
    const field = await replyField();
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    const large = new File(['x'], 'video.mov');
    Object.defineProperty(large, 'size', { value: 21 * 1024 * 1024 });
    if (input) await user.upload(input, [new File(['pdf'], 'note.pdf'), large]);
    expect(await screen.findByText('Larger than 20 MB')).toBeVisible();
    await user.type(field, 'Attached.');
    await user.click(screen.getByRole('button', { name: 'Send reply' }));
    await waitFor(() =>
      expect(desk.tickets.find(1042).entries.findLast((one) => 'text' in one)).toMatchObject({
        attachments: [{ filename: 'note.pdf' }],
      }),
    );
  });
});

describe('the agent', () => {
  it('goes away and comes back by a switch', async () => {
    const { desk, user } = open('/lists/mine');
    await user.click(await screen.findByRole('switch', { name: 'Take new tickets' }));
    await waitFor(() => expect(desk.profile.available).toBe(false));
  });

  it('reads the console in another language as soon as it is chosen', async () => {
    const desk = new FakeDesk();
    desk.profile.language = 'pt_BR';
    open('/lists/mine', desk);
    expect(await screen.findByRole('heading', { name: 'Meus' })).toBeInTheDocument();
    expect(document.documentElement.lang).toBe('pt-BR');
  });
});
