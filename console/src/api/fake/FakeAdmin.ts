import {
  MAIL_RULES,
  slugOf,
  type AdminDesk,
  type BlockedSender,
  type ForwardingCheck,
  type Mailbox,
  type QueueState,
  type StoredMailRules,
  type SuppressedAddress,
} from '../adminDesk';
import type { Stored } from '../settings';
import { fakeProblem } from './FakeTickets';
import { heldBack, type HeldBack } from './heldBack';

const PAGE = 10;
const QUEUES = [
  'inbound_mail',
  'assignment',
  'notification',
  'projection',
  'timers',
  'mail_events',
  'failed_records',
];

/** The mail of the demo desk as its administrators see it. */
export class FakeAdmin implements AdminDesk {
  readonly held: HeldBack[];
  readonly blocked: BlockedSender[];
  readonly stopped: SuppressedAddress[];
  readonly boxes: Stored<'mailboxes'>[];
  readonly tested = new Map<string, ForwardingCheck[]>();
  readonly queues: QueueState[];
  rules: StoredMailRules = { version: 0, setting: MAIL_RULES };

  constructor(
    private readonly now: () => number,
    private readonly answer: <T>(value: T) => Promise<T>,
  ) {
    this.held = heldBack(now());
    this.blocked = [
      stored('@lottery.example', 'Only ever sent spam'),
      stored('x@spam.example', ''),
    ];
    this.stopped = [
      this.stop('gone@example.org', 'bounce', 'smtp; 550 5.1.1 user unknown', 1038),
      this.stop('never@example.net', 'manual', 'Asked us by phone not to write', null),
      this.stop('tired@example.com', 'complaint', '', 1035),
    ];
    this.queues = QUEUES.map((queue) => {
      const dead = queue === 'notification' ? 3 : 0;
      const oldest_dead_at = dead ? new Date(now() - 7_200_000).toISOString() : null;
      return { queue, waiting: 0, dead, oldest_dead_at };
    });
    this.boxes = [
      box('billing', 'billing@desk.example', 'Billing', ['invoices@example.com']),
      box('shipping', 'shipping@desk.example', 'Shipping', []),
      box('technical', 'help@desk.example', 'Technical help', []),
    ];
  }

  async suspendedMails(cursor: string | null) {
    const from = Number(cursor ?? 0);
    const next = from + PAGE < this.held.length ? String(from + PAGE) : null;
    return this.answer({ mails: this.held.slice(from, from + PAGE), next });
  }

  async suspendedMail(id: string) {
    const found = this.held.find((mail) => mail.id === id);
    if (!found) throw fakeProblem('not-found', 404, 'This mail is not among the suspended ones.');
    return this.answer(found);
  }

  async letIn(id: string) {
    await this.throwAway(id);
  }

  async throwAway(id: string) {
    const { id: known } = await this.suspendedMail(id);
    this.held.splice(
      this.held.findIndex((mail) => mail.id === known),
      1,
    );
  }

  async blockedSenders() {
    return this.answer(this.blocked);
  }

  async block(pattern: string, reason: string) {
    const wanted = stored(pattern, reason);
    if (!/^[^@\s]*@[^@\s]+\.[^@\s]+$/.test(pattern)) {
      const problem = fakeProblem('invalid-setting', 422, 'pattern: not an address');
      const message = 'Give an address like name@example.com, or @example.com for a whole domain.';
      problem.problem.errors = [{ field: 'pattern', message }];
      throw problem;
    }
    if (this.blocked.some((one) => one.setting.id === wanted.setting.id)) {
      throw fakeProblem('stale-setting', 409, 'This sender is blocked already.');
    }
    this.blocked.push(wanted);
    return this.answer(wanted);
  }

  async unblock({ setting }: BlockedSender) {
    const at = this.blocked.findIndex((one) => one.setting.id === setting.id);
    if (at >= 0) this.blocked.splice(at, 1);
    await this.answer(null);
  }

  async suppressedAddresses(prefix: string, cursor: string | null) {
    const found = this.stopped
      .filter(({ address }) => address.startsWith(prefix.toLowerCase()))
      .sort((a, b) => a.address.localeCompare(b.address));
    const from = Number(cursor ?? 0);
    const next = from + PAGE < found.length ? String(from + PAGE) : null;
    return this.answer({ addresses: found.slice(from, from + PAGE), next });
  }

  async suppress(address: string, reason: string) {
    const known = this.stopped.some((one) => one.address === address);
    if (!known) this.stopped.push(this.stop(address.toLowerCase(), 'manual', reason, null));
    await this.answer(null);
  }

  async unsuppress(address: string) {
    const at = this.stopped.findIndex((one) => one.address === address);
    if (at >= 0) this.stopped.splice(at, 1);
    await this.answer(null);
  }

  async mailboxes() {
    return this.answer(this.boxes);
  }

  async saveMailbox({ setting, version }: Mailbox) {
    const saved = { version: version + 1, setting: { aliases: [], ...setting } };
    const at = this.boxes.findIndex((one) => one.setting.id === setting.id);
    this.boxes[at] = saved;
    return this.answer(saved);
  }

  async checks(mailbox: string) {
    return this.answer(this.tested.get(mailbox) ?? []);
  }

  async check(mailbox: string, address: string) {
    const check = { address, sent_at: this.moment(), arrived_at: null };
    const others = (this.tested.get(mailbox) ?? []).filter((one) => one.address !== address);
    this.tested.set(mailbox, [...others, check]);
    return this.answer(check);
  }

  /** For tests and the demo: the mail of a check comes back. */
  arrives(mailbox: string, address: string): void {
    const check = this.tested.get(mailbox)?.find((one) => one.address === address);
    if (check) check.arrived_at = this.moment();
  }

  async deadLetters() {
    return this.answer(this.queues);
  }

  async redrive(queue: string) {
    const found = this.queues.find((one) => one.queue === queue);
    const moved = found?.dead ?? 0;
    if (found) Object.assign(found, { dead: 0, oldest_dead_at: null, waiting: moved });
    return this.answer({ moved, in_background: false, left: false });
  }

  async mailRules() {
    return this.answer(this.rules);
  }

  async saveMailRules({ version, setting }: StoredMailRules) {
    this.rules = { version: version + 1, setting };
    return this.answer(this.rules);
  }

  private stop(
    address: string,
    reason: SuppressedAddress['reason'],
    detail: string,
    number: number | null,
  ): SuppressedAddress {
    return { address, reason, detail, number, since: this.moment() };
  }

  private moment(): string {
    return new Date(this.now()).toISOString();
  }
}

function stored(pattern: string, reason: string): BlockedSender {
  return { version: 1, setting: { id: slugOf(pattern), pattern, reason } };
}

function box(id: string, address: string, name: string, aliases: string[]): Stored<'mailboxes'> {
  return { version: 1, setting: { id, address, name, department_id: id, aliases } };
}
