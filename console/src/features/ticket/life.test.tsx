import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';
import { prefer } from '../account/preferences';
import { EMPTY, keepDraft } from '../composer/drafts';

function open(number: number, desk = new FakeDesk()) {
  history.replaceState(null, '', `/console/tickets/${number}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup(), ticket: () => desk.tickets.find(number).ticket };
}

const numberOf = (desk: FakeDesk, subject: string) =>
  [...desk.tickets.kept.values()].find(({ ticket }) => ticket.subject === subject)?.ticket.number ??
  0;

beforeEach(() => {
  prefer({ undoSeconds: 0, singleKeys: true });
  for (const number of [1036, 1040, 1042]) keepDraft('ana', number, EMPTY);
});

describe('a ticket that goes up', () => {
  it('goes to the department that comes next, with the reason as a note', async () => {
    const { user, desk, ticket } = open(1040);
    await user.click(await screen.findByRole('button', { name: /^Status: Open/ }));
    await user.click(
      await screen.findByRole('menuitem', { name: 'Escalate to Technical support' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Escalate to Technical support' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'Needs a repair');
    await user.click(within(dialog).getByRole('button', { name: 'Escalate' }));
    await waitFor(() => expect(ticket().department_id).toBe('technical'));
    expect(desk.tickets.find(1040).entries).toContainEqual(
      expect.objectContaining({ kind: 'internal_note', text: 'Needs a repair' }),
    );
  });

  it('is not offered to where no department comes next', async () => {
    const { user } = open(1042);
    await user.click(await screen.findByRole('button', { name: /^Status: Open/ }));
    await screen.findByRole('menuitem', { name: 'Postpone' });
    expect(screen.queryByRole('menuitem', { name: /Escalate/ })).not.toBeInTheDocument();
  });
});

describe('a ticket with open parts', () => {
  it('offers to answer them too when it is solved', async () => {
    const { user, desk, ticket } = open(1036);
    expect(await screen.findByText('0 of 2 done')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Resolve' }));
    const dialog = await screen.findByRole('dialog', { name: '2 parts of this ticket are open' });
    const field = within(dialog).getByRole('textbox', { name: 'Answer to the open parts' });
    await user.type(field, 'It works again.');
    await user.click(within(dialog).getByRole('button', { name: 'Answer 2 parts and resolve' }));
    await waitFor(() => expect(ticket().status).toBe('resolved'));
    for (const part of [1037, 1039]) {
      const { ticket: answered, entries } = desk.tickets.find(part);
      expect(answered.status).toBe('resolved');
      expect(entries).toContainEqual(expect.objectContaining({ text: 'It works again.' }));
    }
  });

  it('can be solved alone', async () => {
    const { user, desk, ticket } = open(1036);
    await screen.findByText('0 of 2 done');
    await user.click(screen.getByRole('button', { name: 'Resolve' }));
    await user.click(await screen.findByRole('button', { name: 'Resolve only this one' }));
    await waitFor(() => expect(ticket().status).toBe('resolved'));
    expect(desk.tickets.find(1039).ticket.status).toBe('open');
  });
});

describe('a message that is about something else', () => {
  it('becomes a ticket of its own, and both say so', async () => {
    const { user, desk } = open(1042);
    const [card] = await screen.findAllByRole('article', { name: /^Message of/ });
    await user.click(
      within(card as HTMLElement).getByRole('button', { name: 'Split into a ticket of its own' }),
    );
    const field = await screen.findByRole('textbox', { name: 'Subject of the new ticket' });
    await user.clear(field);
    await user.type(field, 'Another invoice{Enter}');
    const number = await waitFor(() => {
      const made = numberOf(desk, 'Another invoice');
      expect(made).toBeGreaterThan(0);
      return made;
    });
    expect(await screen.findByRole('main', { name: `Ticket ${number}` })).toBeVisible();
    expect(await screen.findByText('split from')).toBeVisible();
  });
});

describe('what must not be overlooked', () => {
  it('is that a ticket is internal: no reply can be written', async () => {
    const desk = new FakeDesk();
    open(numberOf(desk, 'Check the backup of the billing server'), desk);
    expect(await screen.findByText('Internal ticket.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Reply' })).toBeDisabled();
  });

  it('is until when a ticket that was thrown away can be restored', async () => {
    const desk = new FakeDesk();
    const { user, ticket } = open(numberOf(desk, 'You have won a voucher'), desk);
    expect(await screen.findByText(/This ticket is spam. It can be restored until/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Restore' }));
    await waitFor(() => expect(ticket().status).toBe('open'));
  });
});
