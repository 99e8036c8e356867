import type { Entry, Message, TicketEvent } from '../../api/types';
import { isTold } from './tell';

export type Piece =
  | { type: 'message'; id: string; message: Message }
  | { type: 'events'; id: string; events: TicketEvent[] };

/** The thread as it is shown: messages, and between them the events folded together. */
export function group(entries: readonly Entry[]): Piece[] {
  const pieces: Piece[] = [];
  for (const entry of entries) {
    if (entry.type === 'message') {
      pieces.push({ type: 'message', id: entry.id, message: entry });
    } else if (isTold(entry)) {
      const last = pieces.at(-1);
      if (last?.type === 'events') last.events.push(entry);
      else pieces.push({ type: 'events', id: entry.id, events: [entry] });
    }
  }
  return pieces;
}
