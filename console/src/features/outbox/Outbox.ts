import type { Desk } from '../../api/desk';
import { StaleTicket } from '../../api/problems';
import type {
  Entry,
  MessageAdded,
  OpenedTicket,
  Status,
  Ticket,
  TicketChange,
} from '../../api/types';
import { draftOf, EMPTY, keepDraft, type Draft } from '../composer/drafts';

/** What the agent had before him: the version, and the ids of the entries that were shown. */
export interface Basis {
  version: number;
  seen: ReadonlySet<string>;
}

/** A public reply or a change of status that can still be taken back. */
export interface Outgoing {
  id: string;
  number: number;
  /** When it goes, milliseconds. */
  goesAt: number;
  state: 'waiting' | 'going';
  basis: Basis;
  reply?: { draft: Draft; then: 'stay' | 'resolve' };
  change?: TicketChange;
}

/** A reply that was refused because the ticket has moved on. */
export interface Conflict {
  number: number;
  draft: Draft;
  then: 'stay' | 'resolve';
  basis: Basis;
  current: OpenedTicket;
}

export interface Outcomes {
  said(number: number, added: MessageAdded): void;
  changed(ticket: Ticket): void;
  failed(outgoing: Outgoing, error: unknown): void;
  refused(conflict: Conflict): void;
}

export interface OutboxState {
  waiting: readonly Outgoing[];
  conflicts: readonly Conflict[];
}

/**
 * Holds what leaves the desk for a few seconds, so that it can be taken back.
 *
 * Nothing is sent and then recalled: until its time comes, nothing has left. A page that is closed
 * before that keeps the reply as a draft, and makes the change of status at once.
 */
export class Outbox {
  private state: OutboxState = { waiting: [], conflicts: [] };
  private readonly listeners = new Set<() => void>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly desk: Desk,
    private readonly agent: string,
    private readonly outcomes: Outcomes,
  ) {}

  get = (): OutboxState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes the draft out of the composer; it comes back when it is undone or refused. */
  reply(number: number, then: 'stay' | 'resolve', basis: Basis, seconds: number): void {
    const draft = draftOf(this.agent, number);
    keepDraft(this.agent, number, EMPTY);
    this.add({ number, basis, reply: { draft, then } }, seconds);
  }

  change(number: number, change: TicketChange, basis: Basis, seconds: number): void {
    for (const earlier of this.state.waiting) {
      if (earlier.number === number && earlier.change) this.undo(earlier.id);
    }
    this.add({ number, basis, change }, seconds);
  }

  /** An edit of our own has moved the ticket on: what was based on it still stands. */
  rebase(number: number, from: number, to: number): void {
    const waiting = this.state.waiting.map((one) =>
      one.number === number && one.basis.version === from
        ? { ...one, basis: { ...one.basis, version: to } }
        : one,
    );
    this.update({ waiting });
  }

  undo(id: string): void {
    const outgoing = this.find(id);
    if (outgoing?.state !== 'waiting') return;
    this.remove(id);
    this.putBack(outgoing);
  }

  async goNow(id: string): Promise<void> {
    const outgoing = this.find(id);
    if (outgoing?.state !== 'waiting') return;
    this.stopTimer(id);
    this.update({
      waiting: this.state.waiting.map((one) => (one.id === id ? { ...one, state: 'going' } : one)),
    });
    try {
      await this.goUnlessOvertaken(outgoing);
      this.remove(id);
    } catch (error) {
      this.remove(id);
      this.giveBack(outgoing, error);
    }
  }

  /** "Send anyway": the agent has seen what is new and wants it sent as it is. */
  sendAnyway(conflict: Conflict): void {
    this.dismiss(conflict.number);
    const { number, draft, then, current } = conflict;
    this.add({ number, basis: basisOf(current), reply: { draft, then } }, 0);
  }

  /** "Edit first": the text goes back into the composer. */
  editFirst(conflict: Conflict): void {
    this.dismiss(conflict.number);
    keepDraft(this.agent, conflict.number, conflict.draft);
  }

  /** The page is closing: replies stay as drafts, changes of status are made at once. */
  part(): void {
    for (const outgoing of this.state.waiting) {
      this.stopTimer(outgoing.id);
      this.putBack(outgoing);
      if (outgoing.change) {
        const { number, change, basis } = outgoing;
        void this.desk
          .change(number, change, basis.version, { parting: true })
          .catch(() => undefined);
      }
    }
  }

  private add(what: Omit<Outgoing, 'id' | 'goesAt' | 'state'>, seconds: number): void {
    const id = crypto.randomUUID();
    const goesAt = Date.now() + seconds * 1000;
    this.update({ waiting: [...this.state.waiting, { ...what, id, goesAt, state: 'waiting' }] });
    if (seconds > 0)
      this.timers.set(
        id,
        setTimeout(() => void this.goNow(id), seconds * 1000),
      );
    else void this.goNow(id);
  }

  /** A ticket that only got events, and no word that is new, takes the reply on its new version. */
  private async goUnlessOvertaken(outgoing: Outgoing): Promise<void> {
    try {
      await this.go(outgoing);
    } catch (error) {
      const current = error instanceof StaleTicket && outgoing.reply ? error.current : null;
      if (!current || unseen(current, outgoing.basis).some((one) => one.type === 'message')) {
        throw error;
      }
      // Another key: under the old one the server would repeat its refusal.
      await this.go({ ...outgoing, id: crypto.randomUUID(), basis: basisOf(current) });
    }
  }

  private async go({ id, number, basis, reply, change }: Outgoing): Promise<void> {
    const { version } = basis;
    if (reply) {
      const { draft, then } = reply;
      const uploads = draft.files.map((file) => file.upload);
      const message = { kind: draft.kind, text: draft.text, uploads, then };
      this.outcomes.said(number, await this.desk.say(number, message, version, id));
    } else if (change) {
      this.outcomes.changed(await this.desk.change(number, change, version));
    }
  }

  private giveBack(outgoing: Outgoing, error: unknown): void {
    const { number, basis, reply } = outgoing;
    if (reply && error instanceof StaleTicket && error.current) {
      const conflict = { number, ...reply, basis, current: error.current };
      this.update({ conflicts: [...this.state.conflicts, conflict] });
      this.outcomes.refused(conflict);
      return;
    }
    this.putBack(outgoing);
    this.outcomes.failed(outgoing, error);
  }

  /** A text that was begun meanwhile is kept below the one that comes back. */
  private putBack({ number, reply }: Outgoing): void {
    if (!reply) return;
    const begun = draftOf(this.agent, number);
    const text = [reply.draft.text, begun.text].filter(Boolean).join('\n\n');
    const files = [...reply.draft.files, ...begun.files];
    keepDraft(this.agent, number, { kind: reply.draft.kind, text, files });
  }

  private dismiss(number: number): void {
    this.update({ conflicts: this.state.conflicts.filter((one) => one.number !== number) });
  }

  private find(id: string): Outgoing | undefined {
    return this.state.waiting.find((one) => one.id === id);
  }

  private remove(id: string): void {
    this.stopTimer(id);
    this.update({ waiting: this.state.waiting.filter((one) => one.id !== id) });
  }

  private stopTimer(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  private update(change: Partial<OutboxState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
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
