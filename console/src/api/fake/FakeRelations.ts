import type {
  AnyLinkKind,
  ChildAnswered,
  ChildrenReply,
  LinkedTickets,
  RelationsDesk,
} from '../relationsDesk';
import type { Ticket } from '../types';
import { agentActor } from './build';
import type { FakeTickets } from './FakeTickets';
import { UNSOLVED } from './rules';

const OPPOSITE: Partial<Record<AnyLinkKind, AnyLinkKind>> = {
  related: 'related',
  duplicate_of: 'duplicated_by',
  duplicated_by: 'duplicate_of',
  parent: 'child',
  child: 'parent',
};

interface FakeLink {
  from: number;
  kind: AnyLinkKind;
  to: number;
}

/** Links and merges of the demo's tickets. */
export class FakeRelations implements RelationsDesk {
  private known: FakeLink[] = [
    { from: 1036, kind: 'child', to: 1039 },
    { from: 1039, kind: 'parent', to: 1036 },
    { from: 1036, kind: 'child', to: 1037 },
    { from: 1037, kind: 'parent', to: 1036 },
    { from: 1036, kind: 'followed_by', to: 1035 },
    { from: 1035, kind: 'follow_up_of', to: 1036 },
  ];

  constructor(
    private readonly tickets: FakeTickets,
    private readonly answer: <T>(value: T) => Promise<T>,
  ) {}

  async links(number: number): Promise<LinkedTickets> {
    const links = this.known
      .filter((link) => link.from === number)
      .map(({ kind, to }) => {
        const { subject, status, label_id, department_id, assignee_id } = this.ticket(to);
        return { kind, number: to, subject, status, label_id, department_id, assignee_id };
      });
    const children = links.filter((link) => link.kind === 'child');
    const done = children.filter((child) => !UNSOLVED.includes(child.status)).length;
    return this.answer({ links, done, children: children.length });
  }

  async link(number: number, kind: AnyLinkKind, other: number): Promise<LinkedTickets> {
    this.ticket(other);
    this.known = [
      ...this.without(number, kind, other),
      { from: number, kind, to: other },
      { from: other, kind: OPPOSITE[kind] ?? kind, to: number },
    ];
    this.moveOn(number, other);
    return this.links(number);
  }

  async unlink(number: number, kind: AnyLinkKind, other: number): Promise<LinkedTickets> {
    this.known = this.without(number, kind, other);
    this.moveOn(number, other);
    return this.links(number);
  }

  async merge(number: number, into: number): Promise<Ticket> {
    const [source, target] = [this.ticket(number), this.ticket(into)];
    Object.assign(source, { merged_into: into, status: 'closed', allowed_causes: [] });
    target.merged_from = [...target.merged_from, number];
    this.moveOn(number, into);
    return this.answer(target);
  }

  async unmerge(number: number): Promise<Ticket> {
    const source = this.ticket(number);
    const target = this.ticket(source.merged_into);
    target.merged_from = target.merged_from.filter((one) => one !== number);
    this.moveOn(number, source.merged_into);
    Object.assign(source, { merged_into: 0, status: 'open' });
    return this.answer(source);
  }

  async split(number: number, message: string, subject: string): Promise<Ticket> {
    const { ticket, entries } = this.tickets.find(number);
    const said = entries.find((entry) => entry.id === message);
    const made = this.tickets.copyOf(ticket, { subject, status: 'new', assignee_id: '' });
    if (said?.type === 'message') made.entries.push({ ...said, id: `${said.id}-split` });
    this.known.push(
      { from: number, kind: 'split_into', to: made.ticket.number },
      { from: made.ticket.number, kind: 'split_from', to: number },
    );
    ticket.version += 1;
    return this.answer(made.ticket);
  }

  async answerChildren(number: number, reply: ChildrenReply): Promise<ChildAnswered[]> {
    const { links } = await this.links(number);
    const open = links.filter((link) => link.kind === 'child' && UNSOLVED.includes(link.status));
    for (const link of open) {
      const kept = this.tickets.find(link.number);
      const me = agentActor('ana');
      this.tickets.append(kept, 'public_reply', me, reply.text);
      this.tickets.moveTo(kept, reply.then === 'stay' ? 'answered' : 'resolved', me);
    }
    return this.answer(
      open.map((link) => ({ number: link.number, answered: true, problem: null })),
    );
  }

  private ticket(number: number): Ticket {
    return this.tickets.find(number).ticket;
  }

  /** Both tell of what happened, so both have another version. */
  private moveOn(...numbers: number[]): void {
    for (const number of numbers) this.ticket(number).version += 1;
  }

  private without(number: number, kind: AnyLinkKind, other: number): FakeLink[] {
    const back = OPPOSITE[kind] ?? kind;
    return this.known.filter(
      (link) =>
        !(link.from === number && link.to === other && link.kind === kind) &&
        !(link.from === other && link.to === number && link.kind === back),
    );
  }
}
