import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { render } from '../../../tests/render';
import { FakeDesk } from '../../api/fake/FakeDesk';
import { OutboxContext } from '../outbox/context';
import { Outbox } from '../outbox/Outbox';
import { basisOf, type Outcomes } from '../outbox/outgoing';
import { useChange } from './useChange';

const [HERE, THERE] = [1042, 1041];

describe('what moves two tickets on', () => {
  it.each([HERE, THERE])('makes the change of status that waits on #%i first', async (number) => {
    const desk = new FakeDesk();
    const failed = vi.fn<Outcomes['failed']>();
    const outbox = new Outbox(desk, 'ana', { changed: vi.fn(), failed } as unknown as Outcomes);
    const { ticket } = desk.tickets.find(HERE);
    outbox.change(number, { status: 'spam' }, basisOf(await desk.open(number)), 60);
    const work = vi.fn(() => {
      expect(desk.tickets.find(number).ticket.status).toBe('spam');
      return desk.relations.merge(HERE, THERE);
    });

    function Mover() {
      const change = useChange(ticket);
      return <button onClick={() => change(THERE, work)}>Merge</button>;
    }
    render(
      <QueryClientProvider client={new QueryClient()}>
        <OutboxContext value={outbox}>
          <Mover />
        </OutboxContext>
      </QueryClientProvider>,
    );
    screen.getByRole('button', { name: 'Merge' }).click();

    await waitFor(() => expect(desk.tickets.find(THERE).ticket.merged_from).toEqual([HERE]));
    expect(work).toHaveBeenCalledOnce();
    expect(outbox.get().waiting).toEqual([]);
    expect(failed).not.toHaveBeenCalled();
  });
});
