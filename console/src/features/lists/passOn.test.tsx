import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { App } from '../../app/App';

describe('passing on', () => {
  it('asks for a reason, tells it on the ticket and opens the next one', async () => {
    const desk = new FakeDesk();
    const { ticket } = await desk.claim([]);
    history.replaceState(null, '', `/console/tickets/${ticket.number}`);
    render(<App desk={desk} onSignOut={() => undefined} />);
    const user = userEvent.setup();

    await user.click(await screen.findByRole('button', { name: 'Pass on' }));
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Pass on, next ticket' });
    expect(confirm).toBeDisabled();
    await user.type(dialog.getByLabelText('Why'), 'Needs somebody who knows taxes');
    await user.click(confirm);

    await waitFor(() => expect(location.pathname).not.toBe(`/console/tickets/${ticket.number}`));

    expect(desk.tickets.find(ticket.number).ticket.assignee_id).toBe('');
    expect(desk.profile.skipped_tickets).toBe(1);
  });
});
