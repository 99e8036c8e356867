import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';
import { prefer } from '../account/preferences';
import { nameIn } from '../words/useWords';
import { leadTo } from './refusals';

const NUMBER = 1040;

function open(number = NUMBER, desk = new FakeDesk()) {
  history.replaceState(null, '', `/console/tickets/${number}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup(), ticket: () => desk.tickets.find(number).ticket };
}

const form = async () => {
  const title = await screen.findByRole('heading', { name: 'Type and fields' });
  return within(title.closest('section') as HTMLElement);
};

beforeEach(() => {
  prefer({ undoSeconds: 0, singleKeys: true });
  leadTo(NUMBER, []);
});

describe('the form of a ticket', () => {
  it('shows a field of each kind and keeps what is filled in when it is left', async () => {
    const { user, ticket } = open();
    const part = await form();
    const pieces = await part.findByRole('textbox', { name: 'Pieces' });
    expect(part.getByRole('textbox', { name: 'Order number' })).toHaveValue('7718');
    expect(part.getByLabelText('Bought on')).toHaveAttribute('type', 'date');
    expect(part.getByRole('checkbox', { name: 'Inspected' })).not.toBeChecked();
    expect(part.getByRole('textbox', { name: 'Device' })).toBeVisible();
    await user.clear(pieces);
    await user.type(pieces, '3');
    expect(ticket().fields.pieces).toBe(2);
    await user.tab();
    await waitFor(() => expect(ticket().fields.pieces).toBe(3));
    await user.click(part.getByRole('checkbox', { name: 'Inspected' }));
    await waitFor(() => expect(ticket().fields.inspected).toBe(true));
  });

  it('leads to what is missing when somebody resolves the ticket, and says why', async () => {
    const { user, ticket } = open();
    const part = await form();
    await part.findByRole('textbox', { name: 'Order number' });
    await user.click(screen.getByRole('button', { name: 'Resolve' }));
    expect(await part.findByText(/Fill in Reason before the ticket is resolved/)).toBeVisible();
    const reason = part.getByRole('combobox', { name: 'Reason' });
    expect(reason).toHaveFocus();
    expect(ticket().status).toBe('open');
    await user.click(reason);
    await user.click(await screen.findByRole('option', { name: 'Broken' }));
    await waitFor(() => expect(ticket().fields.reason).toBe('broken'));
    expect(part.queryByText(/Fill in Reason/)).not.toBeInTheDocument();
  });

  it('leads to the field as well when it was the desk that refused', async () => {
    const { desk, user, ticket } = open(1042);
    const part = await form();
    await part.findByRole('combobox', { name: 'Type' });
    // Somebody else changes the type meanwhile, and this page does not know of it yet.
    Object.assign(desk.tickets.find(1042).ticket, { type_id: 'return' });
    await user.click(screen.getByRole('button', { name: 'Resolve' }));
    expect(await part.findByText(/Fill in Order number before/)).toBeVisible();
    expect(ticket().status).toBe('open');
  });

  it('calls a status by the label that is chosen in the menu', async () => {
    const { user, ticket } = open(1042);
    await form();
    await user.click(await screen.findByRole('button', { name: /^Status: Open/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Credit issued' }));
    await waitFor(() => expect(ticket().label_id).toBe('credit-issued'));
    expect(ticket().status).toBe('resolved');
    expect(await screen.findByRole('button', { name: /^Status: Credit issued/ })).toBeVisible();
  });

  it('suggests tags that were given before', async () => {
    const { user } = open(1042);
    await form();
    await user.click(screen.getByRole('button', { name: 'Edit tags' }));
    await user.type(await screen.findByRole('combobox', { name: 'Tags' }), 'deliv');
    expect(await screen.findByRole('option', { name: 'delivery' })).toBeVisible();
  });
});

describe('a name in several languages', () => {
  it.each([
    ['pt-BR', 'Motivo (BR)'],
    ['es', 'Motivo (es)'],
    ['pt-PT', 'Motivo (pt)'],
    ['en', 'Motivo (BR)'],
  ])('is told in %s as %s', (language, shown) => {
    const names = { pt_BR: 'Motivo (BR)', pt: 'Motivo (pt)', es: 'Motivo (es)' };
    expect(nameIn(names, language)).toBe(shown);
  });
});
