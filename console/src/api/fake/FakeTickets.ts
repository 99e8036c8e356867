import { ApiProblem, StaleTicket } from '../problems';
import type {
  Actor,
  Attachment,
  Entry,
  EventKind,
  ListFilter,
  Me,
  Message,
  NewMessage,
  OpenedTicket,
  Problem,
  ScheduledReply,
  Status,
  Ticket,
  TicketChange,
  TicketSummary,
  FixedView,
} from '../types';
import { agentActor, buildTickets, type Kept } from './build';
import { NEXT_TIER } from './people';
import { allows, badgeOf, CAUSES, previewOf, UNSOLVED, WAITING } from './rules';

export const FIRST_ENTRIES = 40;
const RESTORABLE_MS = 30 * 24 * 3_600_000;

/** The demo's tickets and what can happen to them; answers nobody by itself. */
export class FakeTickets {
  readonly kept: Map<number, Kept>;
  readonly files = new Map<string, File>();
  private serial = 0;

  constructor(
    readonly now: () => number,
    fillers: number,
    private readonly profile: () => Me,
    private readonly scheduled: (kept: Kept) => ScheduledReply[] = () => [],
  ) {
    this.kept = new Map(buildTickets(now(), fillers).map((kept) => [kept.ticket.number, kept]));
  }

  rows(view: FixedView, filter: ListFilter): TicketSummary[] {
    const me = this.profile();
    const isMine = (ticket: Ticket) => ticket.assignee_id === me.id;
    const waits = (ticket: Ticket) => WAITING.includes(ticket.status);
    const sees = (ticket: Ticket) => me.departments.includes(ticket.department_id);
    const belongs: Record<FixedView, (ticket: Ticket) => boolean> = {
      to_solve: (ticket) =>
        waits(ticket) && (isMine(ticket) || (!ticket.assignee_id && sees(ticket))),
      mine: (ticket) => isMine(ticket) && UNSOLVED.includes(ticket.status),
      unassigned: (ticket) => waits(ticket) && !ticket.assignee_id && sees(ticket),
      all_open: (ticket) => UNSOLVED.includes(ticket.status) && sees(ticket),
    };
    const far = '9999';
    return [...this.kept.values()]
      .filter(({ ticket }) => belongs[view](ticket))
      .filter(({ ticket }) => !filter.department || ticket.department_id === filter.department)
      .filter(({ ticket }) => !filter.status || ticket.status === filter.status)
      .sort((a, b) => (a.ticket.due_at ?? far).localeCompare(b.ticket.due_at ?? far))
      .map((kept) => this.summary(kept));
  }

  moveStatus(kept: Kept, wanted: NonNullable<TicketChange['status']>, change: TicketChange): void {
    if (!allows(kept.ticket.status, wanted)) {
      const detail = `Ticket ${kept.ticket.number} cannot become ${wanted} this way.`;
      throw fakeProblem('invalid-transition', 409, detail);
    }
    const status: Status = wanted === 'restored' ? 'open' : wanted;
    kept.ticket.postponed_until = change.postponed_until ?? null;
    kept.ticket.postponed_reason = change.postponed_reason ?? '';
    const isGone = status === 'spam' || status === 'deleted';
    kept.ticket.gone_at = isGone ? new Date(this.now() + RESTORABLE_MS).toISOString() : null;
    this.moveTo(kept, status, agentActor(this.profile().id));
  }

  moveTo(kept: Kept, status: Status, actor: Actor): void {
    if (kept.ticket.status === status) return;
    const change = [{ status: kept.ticket.status }, { status }] as const;
    kept.ticket.status = status;
    this.log(kept, 'status_changed', actor, ...change);
  }

  set<Name extends 'priority' | 'department_id' | 'assignee_id' | 'subject'>(
    kept: Kept,
    name: Name,
    value: Ticket[Name],
    kind: EventKind,
    actor: Actor,
  ): void {
    const field = name.replace('_id', '');
    const change = [{ [field]: kept.ticket[name] }, { [field]: value }] as const;
    kept.ticket[name] = value;
    this.log(kept, kind, actor, ...change);
  }

  append(
    kept: Kept,
    kind: Message['kind'],
    author: Actor,
    text: string,
    uploads: string[] = [],
  ): Message {
    this.serial += 1;
    const message: Message = {
      type: 'message',
      id: `msg-new-${this.serial}`,
      kind,
      author,
      channel: kind === 'customer_message' ? kept.ticket.channel : 'console',
      text,
      html: '',
      full_text: '',
      attachments: this.attachmentsOf(uploads),
      created_at: this.moment(),
      verified: true,
      delivery: kind === 'public_reply' ? 'queued' : null,
      items: [],
      mentions: [],
      merged_from: 0,
    };
    kept.entries.push(message);
    kept.ticket.version += 1;
    kept.ticket.message_count += 1;
    kept.spokenAt = kept.ticket.version;
    if (kind !== 'internal_note') {
      kept.ticket.last_message_kind = kind;
      kept.ticket.last_message_at = message.created_at;
      kept.ticket.last_message_preview = previewOf(text);
    }
    return message;
  }

  log(
    kept: Kept,
    kind: EventKind,
    actor: Actor,
    before: Record<string, string>,
    after: Record<string, string>,
  ): void {
    this.serial += 1;
    const id = `evt-new-${this.serial}`;
    const at = this.moment();
    const entry: Entry = { type: 'event', id, kind, actor, at, before, after, message_id: '' };
    kept.entries.push(entry);
    kept.ticket.updated_at = at;
  }

  /** What a note has besides its words: colleagues who are called in, items, a reminder. */
  addExtras(kept: Kept, message: Message, note: NewMessage, author: string): void {
    message.items = note.items ?? [];
    message.mentions = note.mentions ?? [];
    for (const agent of message.mentions) {
      this.log(kept, 'agent_mentioned', message.author, {}, { agent });
    }
    if (!note.remind_at) return;
    const reminder = { at: note.remind_at, agent_id: author, message_id: message.id };
    kept.ticket.reminders = [...kept.ticket.reminders, reminder];
  }

  /** Tags that were given before, most used first. */
  tagsFrom(prefix: string): string[] {
    const counts = new Map<string, number>();
    for (const tag of [...this.kept.values()].flatMap((kept) => kept.ticket.tags)) {
      if (tag.startsWith(prefix.toLowerCase())) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([tag]) => tag);
  }

  opened(kept: Kept): OpenedTicket {
    const entries = kept.entries.slice(-FIRST_ENTRIES);
    const older = kept.entries.length > entries.length ? (entries[0]?.id ?? null) : null;
    return { ticket: this.current(kept), entries, older, scheduled: this.scheduled(kept) };
  }

  current({ ticket }: Kept): Ticket {
    ticket.badge = badgeOf(ticket, this.now());
    ticket.allowed_causes = ticket.merged_into ? [] : CAUSES[ticket.status];
    const isOpen = UNSOLVED.includes(ticket.status);
    ticket.escalates_to = isOpen ? (NEXT_TIER[ticket.department_id] ?? '') : '';
    return ticket;
  }

  summary(kept: Kept): TicketSummary {
    return this.current(kept);
  }

  refuseStale(kept: Kept, version: number): void {
    if (kept.ticket.version === version) return;
    const detail = `Ticket ${kept.ticket.number} is at version ${kept.ticket.version}.`;
    const { problem } = fakeProblem('stale-ticket', 409, detail);
    throw new StaleTicket(problem, structuredClone(this.opened(kept)));
  }

  /** Words may be based on any version since the last ones were said. */
  refuseUnheard(kept: Kept, version: number): void {
    if (version < (kept.spokenAt ?? 0)) this.refuseStale(kept, version);
  }

  attachmentsOf(uploads: string[]): Attachment[] {
    return uploads.flatMap((id) => {
      const file = this.files.get(id);
      const content_type = file?.type ?? '';
      return file
        ? [{ id, filename: file.name, content_type, size: file.size, content_id: '' }]
        : [];
    });
  }

  /** A ticket of its own with the next number; nothing is said on it yet. */
  copyOf(model: Ticket, change: Partial<Ticket>): Kept {
    const number = Math.max(...this.kept.keys()) + 1;
    const at = this.moment();
    const blank: Partial<Ticket> = {
      number,
      created_at: at,
      updated_at: at,
      clocks: [],
      participants: [],
      due_at: new Date(this.now() + 4 * 3_600_000).toISOString(),
      version: 1,
      message_count: 0,
      ticked: [],
      reminders: [],
      merged_from: [],
      merged_into: 0,
    };
    const kept: Kept = { ticket: { ...structuredClone(model), ...blank, ...change }, entries: [] };
    this.kept.set(number, kept);
    return kept;
  }

  find(number: number): Kept {
    const kept = this.kept.get(number);
    if (!kept) throw fakeProblem('ticket-not-found', 404, `Ticket ${number} was not found.`);
    return kept;
  }

  customer(kept: Kept): Actor {
    const { id, name } = kept.ticket.requester;
    return { kind: 'customer', id, name };
  }

  moment(): string {
    return new Date(this.now()).toISOString();
  }
}

export function fakeProblem(kind: string, status: number, detail: string): ApiProblem {
  const problem: Problem = {
    type: `urn:chamado:problem:${kind}`,
    title: kind,
    status,
    detail,
    advice: '',
    errors: [],
  };
  return new ApiProblem(problem);
}
