import type { Desk } from '../desk';
import {
  type ListFilter,
  type Me,
  type MeChange,
  type NewMessage,
  type Notice,
  type OpenedTicket,
  type ScheduledReplyChange,
  type Ticket,
  type TicketChange,
  type TicketSummary,
  type ViewId,
} from '../types';
import type { VocabularyDesk } from '../vocabulary';
import { agentActor, type Kept } from './build';
import { FakeContacts } from './FakeContacts';
import { FakeRelations } from './FakeRelations';
import { FakeApiKeys } from './FakeApiKeys';
import { FakeReports } from './FakeReports';
import { FakeScheduled } from './FakeScheduled';
import { FakeAdmin } from './FakeAdmin';
import { FakeAnswers, FakeRules } from './FakeAnswers';
import { FakeSettings } from './FakeSettings';
import { fakeProblem, FakeTickets, FIRST_ENTRIES } from './FakeTickets';
import { FakeViews } from './FakeViews';
import { fillIn, requireResolvable, withLabel } from './forms';
import { openTicket } from './openTicket';
import { ME } from './people';
import { provedClock, WAITING } from './rules';
import { VOCABULARY } from './vocabulary';

const PAGE = 25;
/** A test looks at few rows; each more costs it time. */
const FEW = 6;

export interface FakeOptions {
  now?: () => number;
  /** How long an answer takes, milliseconds. */
  delay?: number;
  /** How many tickets fill the lists besides those that something is told with. */
  fillers?: number;
}

/** A whole desk in the browser's memory: for the demo and for tests. */
export class FakeDesk implements Desk {
  readonly tickets: FakeTickets;
  readonly later: FakeScheduled;
  readonly admin: FakeAdmin;
  readonly relations: FakeRelations;
  readonly reports: FakeReports;
  readonly savedViews: FakeViews;
  readonly apiKeys: FakeApiKeys;
  readonly settings: FakeSettings;
  readonly contacts: FakeContacts;
  readonly vocabulary: VocabularyDesk;
  readonly answers: FakeAnswers;
  readonly rules: FakeRules;
  readonly seenNotices: Notice[];
  profile: Me = structuredClone(ME);
  private readonly clock: () => number;
  private readonly delay: number;
  private serial = 0;
  private readonly answered = new Map<string, unknown>();

  constructor(options: FakeOptions = {}) {
    this.clock = options.now ?? Date.now;
    this.delay = options.delay ?? 0;
    this.tickets = new FakeTickets(
      this.clock,
      options.fillers ?? FEW,
      () => this.profile,
      (kept) => this.later.on(kept.ticket.number),
    );
    this.later = new FakeScheduled(this.tickets);
    this.relations = new FakeRelations(this.tickets, (value) => this.answer(value));
    this.reports = new FakeReports(this.tickets, this.clock, (value) => this.answer(value));
    this.apiKeys = new FakeApiKeys(this.clock, (value) => this.answer(value));
    this.admin = new FakeAdmin(this.clock, (value) => this.answer(value));
    this.settings = new FakeSettings(this.clock, this.admin.boxes, (value) => this.answer(value));
    this.savedViews = new FakeViews(
      this.tickets,
      () => this.settings.kept['shared-views'],
      () => this.profile,
      (value) => this.answer(value),
    );
    this.contacts = new FakeContacts(this.tickets, (value) => this.answer(value));
    this.answers = new FakeAnswers(this.tickets, (value) => this.answer(value));
    this.rules = new FakeRules(this.tickets, (value) => this.answer(value));
    this.vocabulary = {
      read: () => this.answer(VOCABULARY),
      tags: (prefix) => this.answer(this.tickets.tagsFrom(prefix)),
    };
    this.seenNotices = this.firstNotices();
  }

  async me(): Promise<Me> {
    const waits = (kept: Kept) =>
      kept.ticket.assignee_id === this.profile.id && WAITING.includes(kept.ticket.status);
    this.profile.open_tickets = [...this.tickets.kept.values()].filter(waits).length;
    return this.answer(this.profile);
  }

  async changeMe({ available, language, notices, quiet_hours: quiet }: MeChange): Promise<Me> {
    if (available != null) this.profile.available = available;
    if (language) this.profile.language = language;
    if (notices) this.profile.notices = notices;
    if (quiet !== undefined) this.profile.quiet_hours = quiet && { urgent_passes: true, ...quiet };
    return this.answer(this.profile);
  }

  async views() {
    return this.answer(this.savedViews.list());
  }

  async list(view: ViewId, filter: ListFilter, cursor: string | null) {
    const rows = this.savedViews.page(view, filter);
    const from = Number(cursor ?? 0);
    const next = from + PAGE < rows.length ? String(from + PAGE) : null;
    return this.answer({ tickets: rows.slice(from, from + PAGE), next });
  }

  async open(number: number): Promise<OpenedTicket> {
    this.later.settle();
    return this.answer(this.tickets.opened(this.tickets.find(number)));
  }

  async clocks(number: number) {
    const { ticket } = await this.open(number);
    return { clocks: ticket.clocks.map(provedClock) };
  }

  async olderEntries(number: number, before: string) {
    const { entries } = this.tickets.find(number);
    const end = entries.findIndex((entry) => entry.id === before);
    const start = Math.max(0, end - FIRST_ENTRIES);
    const older = start > 0 ? (entries[start]?.id ?? null) : null;
    return this.answer({ entries: entries.slice(start, Math.max(0, end)), older });
  }

  async create(body: Parameters<Desk['create']>[0], key: string): Promise<Ticket> {
    return this.once(key, () => {
      const kept = openTicket(this.tickets, this.profile, body);
      return this.tickets.current(kept);
    });
  }

  async change(number: number, change: TicketChange, version: number): Promise<Ticket> {
    const kept = this.tickets.find(number);
    this.tickets.refuseStale(kept, version);
    const { status, ...rest } = withLabel(change);
    if (status === 'resolved') requireResolvable(kept.ticket, rest);
    if (status) this.tickets.moveStatus(kept, status, change);
    const me = agentActor(this.profile.id);
    if (rest.priority) this.tickets.set(kept, 'priority', rest.priority, 'priority_changed', me);
    if (rest.department_id) {
      this.tickets.set(kept, 'department_id', rest.department_id, 'department_changed', me);
      kept.ticket.assignee_id = '';
    }
    if (rest.assignee_id != null) {
      const kind = rest.assignee_id ? 'ticket_assigned' : 'ticket_unassigned';
      this.tickets.set(kept, 'assignee_id', rest.assignee_id, kind, me);
    }
    if (rest.subject) this.tickets.set(kept, 'subject', rest.subject, 'subject_changed', me);
    if (rest.tags) {
      const before = { tags: kept.ticket.tags.join(', ') };
      kept.ticket.tags = rest.tags;
      this.tickets.log(kept, 'tags_changed', me, before, { tags: rest.tags.join(', ') });
    }
    fillIn(this.tickets, kept, change, this.contacts, me);
    if (rest.participants) {
      const before = { participants: kept.ticket.participants.join(', ') };
      kept.ticket.participants = rest.participants;
      const after = { participants: rest.participants.join(', ') };
      this.tickets.log(kept, 'participants_changed', me, before, after);
    }
    kept.ticket.version += 1;
    return this.answer(this.tickets.current(kept));
  }

  async say(number: number, body: NewMessage, version: number, key: string) {
    return this.once(key, () => {
      const kept = this.tickets.find(number);
      const isReply = body.kind === 'public_reply';
      if (isReply) this.tickets.refuseUnheard(kept, version);
      if (isReply && Date.parse(body.send_at ?? '') > this.now()) {
        const scheduled = this.later.add(kept, body, version, this.profile);
        return { scheduled, ticket: this.tickets.current(kept) };
      }
      const me = agentActor(this.profile.id);
      const message = this.tickets.append(kept, body.kind, me, body.text, body.uploads ?? []);
      if (body.contact) message.channel = body.contact;
      this.tickets.addExtras(kept, message, body, this.profile.id);
      if (isReply) this.tickets.moveTo(kept, 'answered', me);
      if (body.then === 'resolve') requireResolvable(kept.ticket, {});
      if (body.then === 'resolve') this.tickets.moveTo(kept, 'resolved', me);
      return { message, ticket: this.tickets.current(kept) };
    });
  }

  async sendScheduled(number: number, id: string, version: number) {
    this.later.settle();
    return this.answer(this.later.send(number, id, version));
  }

  async takeBack(number: number, id: string) {
    this.later.settle();
    return this.answer(this.later.takeBack(number, id));
  }

  async changeScheduled(number: number, id: string, change: ScheduledReplyChange, version: number) {
    this.later.settle();
    return this.answer(this.later.change(number, id, change, version));
  }

  now(): number {
    return this.clock();
  }

  async attachment() {
    const bytes = new Blob(['This is what a file of the demo contains.\n']);
    const expires_at = new Date(this.now() + 60_000).toISOString();
    return this.answer({ url: URL.createObjectURL(bytes), expires_at });
  }

  async escalate(number: number, version: number): Promise<Ticket> {
    const kept = this.tickets.find(number);
    this.tickets.refuseStale(kept, version);
    const me = agentActor(this.profile.id);
    const department = this.tickets.current(kept).escalates_to;
    const before = { department: kept.ticket.department_id };
    Object.assign(kept.ticket, { department_id: department, assignee_id: '' });
    this.tickets.log(kept, 'department_changed', me, before, { department, escalated: 'yes' });
    kept.ticket.version += 1;
    return this.answer(this.tickets.current(kept));
  }

  async tick(number: number, message: string, item: number, done: boolean): Promise<Ticket> {
    const kept = this.tickets.find(number);
    const others = kept.ticket.ticked.filter((one) => one !== `${message}:${item}`);
    kept.ticket.ticked = done ? [...others, `${message}:${item}`] : others;
    kept.ticket.version += 1;
    return this.answer(this.tickets.current(kept));
  }

  async claim(skip: number[], passedOn?: { number: number; reason: string }) {
    if (passedOn) {
      const left = this.tickets.find(passedOn.number);
      this.tickets.set(left, 'assignee_id', '', 'ticket_unassigned', agentActor(this.profile.id));
      this.profile.skipped_tickets += 1;
    }
    const isFree = (row: TicketSummary) =>
      !skip.includes(row.number) && row.number !== passedOn?.number;
    const row = this.tickets.rows('to_solve', {}).find(isFree);
    if (!row) throw fakeProblem('nothing-to-solve', 404, 'No ticket is waiting for you.');
    const kept = this.tickets.find(row.number);
    const newly_assigned = !kept.ticket.assignee_id;
    if (newly_assigned) {
      const me = agentActor(this.profile.id);
      this.tickets.set(kept, 'assignee_id', this.profile.id, 'ticket_assigned', me);
      kept.ticket.version += 1;
    }
    return this.answer({ ticket: this.tickets.current(kept), newly_assigned });
  }

  async upload(file: File, onProgress: (share: number) => void): Promise<string> {
    this.serial += 1;
    const id = `upload-${this.serial}`;
    this.tickets.files.set(id, file);
    onProgress(0.6);
    await this.answer(null);
    onProgress(1);
    return id;
  }

  async notices() {
    return this.answer({ notices: this.seenNotices, next: null });
  }

  async readNotices(): Promise<void> {
    for (const notice of this.seenNotices) notice.read = true;
    await this.answer(null);
  }

  /** For tests and the demo: the customer writes while somebody looks at the ticket. */
  customerWrites(number: number, text: string): void {
    const kept = this.tickets.find(number);
    this.tickets.append(kept, 'customer_message', this.tickets.customer(kept), text);
    this.tickets.moveTo(kept, 'open', this.tickets.customer(kept));
  }

  private firstNotices(): Notice[] {
    const about = [...this.tickets.kept.values()].slice(0, 4);
    const kinds = ['customer_wrote', 'breached', 'at_risk', 'assigned'] as const;
    return about.map(({ ticket }, index) => ({
      id: `01J${String(9 - index).padStart(23, '0')}`,
      kind: kinds[index] ?? 'assigned',
      number: ticket.number,
      subject: ticket.subject,
      at: new Date(this.now() - (index * 55 + 12) * 60_000).toISOString(),
      read: index > 1,
    }));
  }

  private async once<T>(key: string, act: () => T): Promise<T> {
    if (!this.answered.has(key)) this.answered.set(key, act());
    return this.answer(this.answered.get(key) as T);
  }

  private async answer<T>(value: T): Promise<T> {
    if (this.delay) await new Promise((resolve) => setTimeout(resolve, this.delay));
    return structuredClone(value);
  }
}
