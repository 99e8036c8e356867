import type { Desk } from '../../api/desk';
import { isGone, NoAnswer, StaleTicket } from '../../api/problems';
import type { MessageAdded, TicketChange } from '../../api/types';
import { draftOf, EMPTY, keepDraft, keepDraftBelow } from '../composer/drafts';
import {
  basisOf,
  isOvertaken,
  newOutgoing,
  type Basis,
  type Conflict,
  type Outcomes,
  type OutboxState,
  type Outgoing,
  type Reply,
  type What,
} from './outgoing';

/**
 * What leaves the desk can be taken back for a few seconds.
 *
 * A reply is given to the desk at once with the time at which it leaves, so that a closed page
 * loses nothing; undoing takes it back from there. A change of status waits in this page, which
 * makes it at once when it is closed.
 */
export class Outbox {
  private state: OutboxState = { waiting: [], conflicts: [] };
  private readonly listeners = new Set<() => void>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** By our id: becomes true when the desk keeps the reply, false when nothing waits any more. */
  private readonly given = new Map<string, Promise<boolean>>();
  /** By our id: what is on its way, until the desk has answered. */
  private readonly going = new Map<string, Promise<void>>();

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
    const outgoing = this.add({ number, basis, reply: this.takeDraft(number, then) }, seconds);
    if (seconds > 0) this.given.set(outgoing.id, this.give(outgoing));
    else void this.goNow(outgoing.id);
  }

  /** Gives the draft to the desk for a chosen hour. */
  async replyLater(
    number: number,
    then: 'stay' | 'resolve',
    basis: Basis,
    at: Date,
  ): Promise<boolean> {
    const reply = this.takeDraft(number, then);
    const outgoing = newOutgoing({ number, basis, reply }, at.getTime());
    try {
      await this.unlessOvertaken(outgoing, (one) => this.say(one, at.toISOString()));
      return true;
    } catch (error) {
      this.giveBack(outgoing, error, at);
      return false;
    }
  }

  change(number: number, change: TicketChange, basis: Basis, seconds: number): void {
    for (const earlier of this.state.waiting) {
      if (earlier.number === number && earlier.change) void this.undo(earlier.id);
    }
    const { id } = this.add({ number, basis, change }, seconds);
    if (seconds === 0) void this.goNow(id);
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

  /** Something else is about to move tickets on: what waits to be changed is changed before it. */
  async settle(...numbers: number[]): Promise<void> {
    const changes = this.state.waiting.filter((one) => one.change && numbers.includes(one.number));
    await Promise.all(changes.map((one) => this.goNow(one.id)));
  }

  async undo(id: string): Promise<void> {
    const outgoing = this.find(id);
    if (outgoing?.state !== 'waiting') return;
    if (!outgoing.reply) {
      this.remove(id);
      return;
    }
    this.stopTimer(id);
    this.patch(id, { state: 'undoing' });
    if (!(await this.given.get(id))) return;
    try {
      const scheduled = this.find(id)?.scheduled ?? '';
      await this.desk.takeBack(outgoing.number, scheduled);
      this.outcomes.waitsNoMore(outgoing.number, scheduled);
      this.remove(id);
      this.putBack(outgoing);
    } catch (error) {
      this.keepAfterUndo(outgoing, error);
    }
  }

  async goNow(id: string): Promise<void> {
    const outgoing = this.find(id);
    if (outgoing?.state !== 'waiting') return this.going.get(id);
    this.stopTimer(id);
    this.patch(id, { state: 'going' });
    const gone = this.leave(outgoing).finally(() => this.going.delete(id));
    this.going.set(id, gone);
    return gone;
  }

  private async leave(outgoing: Outgoing): Promise<void> {
    const { id } = outgoing;
    if (this.given.has(id) && !(await this.given.get(id))) return;
    const now = this.find(id) ?? outgoing;
    try {
      await this.unlessOvertaken(now, (one) => this.go(one));
      this.remove(id);
    } catch (error) {
      this.remove(id);
      if (now.scheduled && isGone(error)) this.outcomes.left(now.number, false);
      else this.giveBack(now, error);
    }
  }

  /** "Send anyway": the agent has seen what is new and wants it sent as it is. */
  sendAnyway(conflict: Conflict): void {
    this.dismiss(conflict.number);
    const { number, draft, then, current, scheduled, sendAt } = conflict;
    keepDraftBelow(this.agent, number, draft);
    if (sendAt) {
      void this.replyLater(number, then, basisOf(current), sendAt);
      return;
    }
    const reply = this.takeDraft(number, then);
    const { id } = this.add({ number, basis: basisOf(current), reply, scheduled }, 0);
    void this.goNow(id);
  }

  /** "Edit first": the text goes back into the composer. */
  editFirst({ number, draft, scheduled }: Conflict): void {
    this.dismiss(number);
    keepDraft(this.agent, number, draft);
    if (scheduled) {
      // It is held by the desk and leaves no more by itself; one that did is shown when it is read.
      void this.desk
        .takeBack(number, scheduled)
        .then(() => this.outcomes.waitsNoMore(number, scheduled))
        .catch(() => this.outcomes.left(number, false));
    }
  }

  /** Whether closing the page now would lose words: the desk has not said that it has them. */
  get isGiving(): boolean {
    return this.state.waiting.some((one) => one.reply && !one.scheduled);
  }

  /** The page is closing: what the desk does not have stays as a draft, changes are made at once. */
  part(): void {
    for (const outgoing of this.state.waiting) {
      this.stopTimer(outgoing.id);
      if (outgoing.reply && !outgoing.scheduled) this.putBack(outgoing);
      if (outgoing.change) {
        const { number, change, basis } = outgoing;
        void this.desk
          .change(number, change, basis.version, { parting: true })
          .catch(() => undefined);
      }
    }
  }

  private takeDraft(number: number, then: 'stay' | 'resolve'): Reply {
    const draft = draftOf(this.agent, number);
    keepDraft(this.agent, number, EMPTY);
    return { draft, then };
  }

  private add(what: What, seconds: number): Outgoing {
    const outgoing = newOutgoing(what, Date.now() + seconds * 1000);
    this.update({ waiting: [...this.state.waiting, outgoing] });
    if (seconds > 0) this.startTimer(outgoing);
    return outgoing;
  }

  /** Puts the reply into the desk's hands, to leave when its time has come. */
  private async give(outgoing: Outgoing): Promise<boolean> {
    const { id, number, goesAt } = outgoing;
    const sendAt = new Date(goesAt - Date.now() + this.desk.now()).toISOString();
    try {
      const added = await this.unlessOvertaken(outgoing, (one) => this.say(one, sendAt));
      if (added.scheduled) this.patch(id, { scheduled: added.scheduled.id });
      else this.remove(id);
      return Boolean(added.scheduled);
    } catch (error) {
      const wasUndoing = this.find(id)?.state === 'undoing';
      this.remove(id);
      if (wasUndoing) this.putBack(outgoing);
      else this.giveBack({ ...outgoing, number }, error);
      return false;
    }
  }

  private async say(outgoing: Outgoing, sendAt: string | null): Promise<MessageAdded> {
    const { id, number, basis, reply } = outgoing;
    const { kind = 'public_reply', text = '', files = [] } = reply?.draft ?? {};
    const uploads = files.map((file) => file.upload);
    const message = { kind, text, uploads, then: reply?.then ?? ('stay' as const) };
    const timed = sendAt ? { ...message, send_at: sendAt } : message;
    const send = () => this.desk.say(number, timed, basis.version, id);
    const added = await send().catch((error: unknown) => {
      // The same key again: the desk may have the reply although its answer was lost.
      if (error instanceof NoAnswer) return send();
      throw error;
    });
    this.outcomes.said(number, added);
    return added;
  }

  /** What only events, or only the agent himself, moved on takes it on its new version. */
  private async unlessOvertaken<T>(
    outgoing: Outgoing,
    act: (outgoing: Outgoing) => Promise<T>,
  ): Promise<T> {
    try {
      return await act(outgoing);
    } catch (error) {
      const current = error instanceof StaleTicket ? error.current : null;
      if (!current || isOvertaken(outgoing, current, this.agent)) throw error;
      // Another key: under the old one the server would repeat its refusal.
      return act({ ...outgoing, id: crypto.randomUUID(), basis: basisOf(current) });
    }
  }

  private async go(outgoing: Outgoing): Promise<void> {
    const { number, basis, reply, change, scheduled } = outgoing;
    if (reply && scheduled) {
      const added = await this.desk.sendScheduled(number, scheduled, basis.version);
      this.outcomes.waitsNoMore(number, scheduled);
      this.outcomes.said(number, added);
      this.rebase(number, basis.version, added.ticket.version);
    } else if (reply) {
      const added = await this.say(outgoing, null);
      this.rebase(number, basis.version, added.ticket.version);
    } else if (change) {
      this.outcomes.changed(await this.desk.change(number, change, basis.version));
    }
  }

  private keepAfterUndo(outgoing: Outgoing, error: unknown): void {
    if (isGone(error)) {
      this.remove(outgoing.id);
      this.outcomes.left(outgoing.number, true);
      return;
    }
    this.patch(outgoing.id, { state: 'waiting' });
    this.startTimer(outgoing);
    this.outcomes.notUndone(outgoing, error);
  }

  private giveBack(outgoing: Outgoing, error: unknown, sendAt: Date | null = null): void {
    const { number, basis, reply, scheduled } = outgoing;
    if (reply && error instanceof StaleTicket && error.current) {
      const conflict = { number, ...reply, basis, current: error.current, scheduled, sendAt };
      this.update({ conflicts: [...this.state.conflicts, conflict] });
      this.outcomes.refused(conflict);
      return;
    }
    // What the desk has leaves from there; only what it has not is written again.
    if (!scheduled) this.putBack(outgoing);
    this.outcomes.failed(outgoing, error);
  }

  private putBack({ number, reply }: Outgoing): void {
    if (reply) keepDraftBelow(this.agent, number, reply.draft);
  }

  private dismiss(number: number): void {
    this.update({ conflicts: this.state.conflicts.filter((one) => one.number !== number) });
  }

  private find(id: string): Outgoing | undefined {
    return this.state.waiting.find((one) => one.id === id);
  }

  private patch(id: string, change: Partial<Outgoing>): void {
    this.update({
      waiting: this.state.waiting.map((one) => (one.id === id ? { ...one, ...change } : one)),
    });
  }

  private remove(id: string): void {
    this.stopTimer(id);
    this.given.delete(id);
    this.update({ waiting: this.state.waiting.filter((one) => one.id !== id) });
  }

  private startTimer({ id, goesAt }: Outgoing): void {
    const wait = Math.max(0, goesAt - Date.now());
    this.timers.set(
      id,
      setTimeout(() => void this.goNow(id), wait),
    );
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
