import { screen, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';

function open(desk = new FakeDesk()) {
  history.replaceState(null, '', '/console/tickets/1042');
  render(<App desk={desk} onSignOut={() => undefined} />);
  return { desk, user: userEvent.setup() };
}

const panel = async () => {
  const title = await screen.findByRole('heading', { name: 'Linked tickets' });
  return within(title.closest('section') as HTMLElement);
};

describe('linked tickets', () => {
  it('show how far the parts of a ticket are', async () => {
    const { user } = open();
    const part = await panel();
    expect(await part.findByText('Nothing is linked.')).toBeInTheDocument();
    await user.selectOptions(part.getByLabelText('What it is'), 'child');
    await user.type(part.getByLabelText('Ticket number'), '1041');
    await user.click(part.getByRole('button', { name: 'Link' }));
    expect(await part.findByText('0 of 1 done')).toBeInTheDocument();
    await user.click(part.getByRole('button', { name: 'Take the link to #1041 away' }));
    expect(await part.findByText('Nothing is linked.')).toBeInTheDocument();
  });

  it('are merged and taken apart', async () => {
    const { desk, user } = open();
    const part = await panel();
    await user.type(part.getByLabelText('Ticket number'), '1041');
    await user.click(part.getByRole('button', { name: 'Merge this into it' }));
    expect(await part.findByText('Merged into #1041')).toBeInTheDocument();
    expect(desk.tickets.find(1041).ticket.merged_from).toEqual([1042]);
    await user.click(part.getByRole('button', { name: 'Take apart' }));
    expect(await part.findByLabelText('Ticket number')).toBeInTheDocument();
    expect(desk.tickets.find(1042).ticket.merged_into).toBe(0);
  });
});
