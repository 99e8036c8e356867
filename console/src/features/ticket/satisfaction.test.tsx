import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import type { Ticket } from '../../api/types';
import { App } from '../../app/App';

const NUMBER = 1040;
const ASKED: NonNullable<Ticket['satisfaction']> = {
  ask_at: null,
  asked_at: '2030-01-31T09:00:00Z',
  rating: null,
  comment: '',
  rated_at: null,
  agent_id: '',
};

async function open(satisfaction: Ticket['satisfaction']) {
  const desk = new FakeDesk();
  desk.tickets.find(NUMBER).ticket.satisfaction = satisfaction;
  history.replaceState(null, '', `/console/tickets/${NUMBER}`);
  render(<App desk={desk} onSignOut={() => undefined} />);
  await screen.findByRole('heading', { name: 'About this ticket' });
  return desk;
}

describe('what the customer says of the help', () => {
  it('is not spoken of where nobody asks', async () => {
    await open(null);
    expect(screen.queryByText(/our help was/i)).toBeNull();
  });

  it('is announced, then awaited', async () => {
    await open({ ...ASKED, asked_at: null, ask_at: '2030-02-01T09:00:00Z' });
    expect(screen.getByText(/^The customer is asked on .*2030/)).toBeVisible();
  });

  it('is awaited once it was asked', async () => {
    await open(ASKED);
    expect(screen.getByText(/has not answered/)).toBeVisible();
  });

  it('stands with its reason and who solved the ticket', async () => {
    await open({
      ...ASKED,
      rating: 'bad',
      comment: 'It took a week.',
      rated_at: '2030-01-31T10:00:00Z',
      agent_id: 'someone-gone',
    });
    expect(screen.getByText('Our help was not good')).toBeVisible();
    expect(screen.getByText('It took a week.')).toBeVisible();
    expect(screen.getByText('Solved by someone-gone')).toBeVisible();
  });
});
