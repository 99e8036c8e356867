import type {
  Actor,
  Entry,
  MessageAdded,
  OpenedTicket,
  Status,
  Ticket,
  TicketChange,
} from '../../api/types';
import type { Draft } from '../composer/drafts';

/** What the agent had before him: the version, and the ids of the entries that were shown. */
export interface Basis {
  version: number;
  seen: ReadonlySet<string>;
}

export interface Reply {
  draft: Draft;
  then: 'stay' | 'resolve';
}

/** A public reply or a change of status that can still be taken back. */
export interface Outgoing {
  id: string;
  number: number;
  /** When it goes, milliseconds. */
  goesAt: number;
  state: 'waiting' | 'going' | 'undoing';
  basis: Basis;
  reply?: Reply;
  change?: TicketChange;
  /** Under which id the desk keeps the reply; empty until the desk has it. */
  scheduled: string;
}

/** A reply that was refused because the ticket has moved on. */
export interface Conflict extends Reply {
  number: number;
  basis: Basis;
  current: OpenedTicket;
  scheduled: string;
  /** The chosen hour of a reply that was to be sent later. */
  sendAt: Date | null;
}

export interface Outcomes {
  said(number: number, added: MessageAdded): void;
  changed(ticket: Ticket): void;
  failed(outgoing: Outgoing, error: unknown): void;
  refused(conflict: Conflict): void;
  /** The desk keeps this reply no longer: it was sent or taken back. */
  waitsNoMore(number: number, scheduled: string): void;
  /** It left before it could be taken back, or without our doing. */
  left(number: number, isTooLate: boolean): void;
  /** It is not taken back, for the desk did not answer: it leaves as it was to. */
  notUndone(outgoing: Outgoing, error: unknown): void;
}

export interface OutboxState {
  waiting: readonly Outgoing[];
  conflicts: readonly Conflict[];
}

export type What = Pick<Outgoing, 'number' | 'basis'> & Partial<Outgoing>;

export function newOutgoing(what: What, goesAt: number): Outgoing {
  return { scheduled: '', ...what, id: crypto.randomUUID(), goesAt, state: 'waiting' };
}

/** The status that a ticket will have when what waits for it has gone. */
export function pendingStatus(state: OutboxState, number: number): Status | undefined {
  const wanted = state.waiting.findLast((one) => one.number === number);
  if (!wanted) return undefined;
  if (wanted.reply) return wanted.reply.then === 'resolve' ? 'resolved' : 'answered';
  const status = wanted.change?.status;
  return status === 'restored' || status == null ? undefined : status;
}

export function basisOf({ ticket, entries }: OpenedTicket): Basis {
  return { version: ticket.version, seen: new Set(entries.map((entry) => entry.id)) };
}

/** What is on the ticket now that the agent had not before him. */
export function unseen(current: OpenedTicket, basis: Basis): Entry[] {
  return current.entries.filter((entry) => !basis.seen.has(entry.id));
}

/**
 * Whether the agent has to look again: for a reply because somebody said something, for a change
 * because somebody else, or nobody who can be named, did anything at all.
 */
export function isOvertaken(
  { basis, reply }: Outgoing,
  current: OpenedTicket,
  agent: string,
): boolean {
  const news = unseen(current, basis);
  if (reply) return news.some((entry) => entry.type === 'message');
  return !news.length || news.some((entry) => doer(entry).id !== agent);
}

function doer(entry: Entry): Actor {
  return entry.type === 'message' ? entry.author : entry.actor;
}
