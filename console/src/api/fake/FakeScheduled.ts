import type {
  MessageAdded,
  NewMessage,
  ScheduledReply,
  ScheduledReplyChange,
  TakenBack,
} from '../types';
import { agentActor, type Kept } from './build';
import { fakeProblem, type FakeTickets } from './FakeTickets';

interface Waiting {
  reply: ScheduledReply;
  uploads: string[];
  basedOn: number;
}

/** Replies that wait in the demo; they leave when somebody looks after their time. */
export class FakeScheduled {
  private readonly waiting = new Map<number, Waiting[]>();
  private serial = 0;

  constructor(private readonly tickets: FakeTickets) {}

  on(number: number): ScheduledReply[] {
    return (this.waiting.get(number) ?? []).map((one) => one.reply);
  }

  add(kept: Kept, body: NewMessage, version: number, agent: { id: string; name: string }) {
    this.serial += 1;
    const { number } = kept.ticket;
    const reply: ScheduledReply = {
      id: `later-${this.serial}`,
      agent: { id: agent.id, name: agent.name },
      text: body.text,
      attachments: this.tickets.attachmentsOf(body.uploads ?? []),
      resolves: body.then === 'resolve',
      send_at: body.send_at ?? this.tickets.moment(),
      created_at: this.tickets.moment(),
      version: 1,
      held: null,
    };
    const others = this.waiting.get(number) ?? [];
    const one = { reply, uploads: body.uploads ?? [], basedOn: version };
    this.waiting.set(number, [...others, one]);
    return reply;
  }

  /** What is due leaves, or is held when somebody spoke meanwhile. */
  settle(): void {
    for (const [number, all] of this.waiting) {
      for (const one of all) {
        if (one.reply.held || Date.parse(one.reply.send_at) > this.tickets.now()) continue;
        const kept = this.tickets.find(number);
        if (one.basedOn < (kept.spokenAt ?? 0)) this.hold(kept, one);
        else this.leave(kept, one);
      }
    }
  }

  send(number: number, id: string, version: number): MessageAdded {
    const kept = this.tickets.find(number);
    const one = this.find(number, id);
    this.tickets.refuseUnheard(kept, version);
    const message = this.leave(kept, one);
    return { message, ticket: this.tickets.current(kept) };
  }

  takeBack(number: number, id: string): TakenBack {
    const { reply, uploads } = this.find(number, id);
    this.remove(number, id);
    return { reply, uploads };
  }

  change(number: number, id: string, change: ScheduledReplyChange, version: number) {
    const one = this.find(number, id);
    this.tickets.refuseUnheard(this.tickets.find(number), version);
    one.basedOn = version;
    one.reply.version += 1;
    if (change.text) one.reply.text = change.text;
    if (change.send_at) {
      one.reply.send_at = change.send_at;
      one.reply.held = null;
    }
    return one.reply;
  }

  private leave(kept: Kept, { reply, uploads }: Waiting) {
    const me = agentActor(reply.agent.id);
    this.remove(kept.ticket.number, reply.id);
    const message = this.tickets.append(kept, 'public_reply', me, reply.text, uploads);
    this.tickets.moveTo(kept, 'answered', me);
    if (reply.resolves) this.tickets.moveTo(kept, 'resolved', me);
    return message;
  }

  private hold(kept: Kept, { reply }: Waiting): void {
    reply.held = 'stale';
    reply.version += 1;
    const desk = { kind: 'system', id: 'system', name: 'Chamado' } as const;
    const told = { agent: reply.agent.id, reason: 'stale' };
    this.tickets.log(kept, 'scheduled_reply_held', desk, {}, told);
    kept.ticket.version += 1;
  }

  private find(number: number, id: string): Waiting {
    const found = this.waiting.get(number)?.find((one) => one.reply.id === id);
    if (!found) throw fakeProblem('scheduled-reply-gone', 404, 'The reply waits no more.');
    return found;
  }

  private remove(number: number, id: string): void {
    const left = (this.waiting.get(number) ?? []).filter((one) => one.reply.id !== id);
    this.waiting.set(number, left);
  }
}
