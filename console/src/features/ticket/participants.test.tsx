import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { render } from '../../../tests/render';
import { DeskProvider } from '../../api/desk';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { keys, meQuery } from '../../api/queries';
import { OutboxContext } from '../outbox/context';
import { Outbox } from '../outbox/Outbox';
import type { Outcomes } from '../outbox/outgoing';
import { Participants } from './Participants';

async function show() {
  const desk = new FakeDesk();
  const queries = new QueryClient();
  await queries.query(meQuery(desk));
  const opened = await desk.open(1042);
  queries.setQueryData(keys.ticket(1042), opened);
  const outcomes = { changed: vi.fn() } as unknown as Outcomes;
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <DeskProvider value={desk}>
          <OutboxContext value={new Outbox(desk, 'ana', outcomes)}>
            <Participants ticket={opened.ticket} />
          </OutboxContext>
        </DeskProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { desk, people: () => desk.tickets.find(1042).ticket.participants };
}

async function type(value: string): Promise<HTMLElement> {
  const field = await screen.findByLabelText('Name or e-mail address', { selector: 'input' });
  fireEvent.change(field, { target: { value } });
  return field;
}

describe('who takes part in a ticket', () => {
  it('is added by address and taken off', async () => {
    const { people } = await show();
    fireEvent.click(await screen.findByText('Add somebody'));
    fireEvent.submit(await type('nobody'));
    expect(await screen.findByText(/Give a whole address/)).toBeVisible();
    fireEvent.submit(await type('new@example.org'));
    await waitFor(() => expect(people()).toContain('new@example.org'));
    fireEvent.click(screen.getByLabelText('Remove jonas@example.com'));
    await waitFor(() => expect(people()).not.toContain('jonas@example.com'));
  });

  it('is found among the customers by name', async () => {
    const { desk, people } = await show();
    const { requester: other } = desk.tickets.find(1041).ticket;
    fireEvent.click(await screen.findByText('Add somebody'));
    await type(other.name);
    fireEvent.click(await screen.findByText(new RegExp(`${other.name} · ${other.email}`)));
    await waitFor(() => expect(people()).toContain(other.email));
  });
});
