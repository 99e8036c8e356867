import type { components } from './schema';
import type { Ticket } from './types';

export type LinkedTickets = components['schemas']['LinkedTickets'];
export type LinkKind = components['schemas']['NewLink']['kind'];
export type ChildrenReply = components['schemas']['ChildrenReply'];
export type ChildAnswered = components['schemas']['ChildAnswered'];
export type AnyLinkKind = components['schemas']['LinkKind'];

/** What a person can make of two tickets. */
export const LINK_KINDS: readonly LinkKind[] = ['related', 'duplicate_of', 'parent', 'child'];

/** Tickets that hang together. */
export interface RelationsDesk {
  links(number: number): Promise<LinkedTickets>;
  link(number: number, kind: LinkKind, other: number): Promise<LinkedTickets>;
  unlink(number: number, kind: AnyLinkKind, other: number): Promise<LinkedTickets>;
  /** Gives the ticket that stands for both from then on. */
  merge(number: number, into: number): Promise<Ticket>;
  /** Gives the ticket that stands for itself again. */
  unmerge(number: number): Promise<Ticket>;
  /** Gives the new ticket. `key` makes a repeated request harmless. */
  split(number: number, message: string, subject: string, key: string): Promise<Ticket>;
  /** Says the same on every part that is not solved yet, and tells what became of each. */
  answerChildren(number: number, reply: ChildrenReply, key: string): Promise<ChildAnswered[]>;
}
