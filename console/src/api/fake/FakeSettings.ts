import type { Saved, SettingKind, SettingsDesk, Stored } from '../settings';
import { fakeProblem } from './FakeTickets';
import { publicDays, REGIONS } from './setUp/holidays';
import { AGENTS, ASSIGNMENT_RULES, DESK, ORGANISATIONS, SET_UP_DEPARTMENTS } from './setUp/people';
import { CALENDARS, SLA_POLICIES, TIME_RULES } from './setUp/promises';
import { SHARED_VIEWS } from './setUp/views';
import { EVENT_RULES, WEBHOOKS } from './setUp/rules';
import {
  FIELDS,
  SATISFACTION_RULES,
  STATUS_LABELS,
  TICKET_RULES,
  TICKET_TYPES,
  TOPICS,
} from './setUp/tickets';

type Kept = { [K in SettingKind]: Stored<K>[] };
type Fault = { field: string; message: string };

/** The set-up of the demo desk; keeps versions, and refuses what a test says. */
export class FakeSettings implements SettingsDesk {
  readonly kept: Kept;
  /** What a save or a removal is refused for, until it is taken away. */
  faults: Fault[] = [];
  /** What a save is answered with beside the setting. */
  warnings: Fault[] = [];

  constructor(
    private readonly now: () => number,
    mailboxes: Stored<'mailboxes'>[],
    private readonly answer: <T>(value: T) => Promise<T>,
  ) {
    this.kept = {
      mailboxes,
      departments: first(SET_UP_DEPARTMENTS),
      agents: first(AGENTS),
      organisations: first(ORGANISATIONS),
      'assignment-rules': first(ASSIGNMENT_RULES),
      desk: first(DESK),
      topics: first(TOPICS),
      fields: first(FIELDS),
      'ticket-types': first(TICKET_TYPES),
      'status-labels': first(STATUS_LABELS),
      'ticket-rules': first(TICKET_RULES),
      'satisfaction-rules': first(SATISFACTION_RULES),
      calendars: first(CALENDARS),
      'sla-policies': first(SLA_POLICIES),
      'time-rules': first(TIME_RULES),
      'event-rules': first(EVENT_RULES),
      webhooks: first(WEBHOOKS),
      'shared-views': first(SHARED_VIEWS),
    };
  }

  async list<K extends SettingKind>(kind: K): Promise<Stored<K>[]> {
    return this.answer(this.kept[kind]);
  }

  async save<K extends SettingKind>(kind: K, wanted: Stored<K>): Promise<Saved<K>> {
    const all: Stored<K>[] = this.kept[kind];
    const at = this.place(kind, wanted);
    this.refuse();
    const saved = structuredClone({ ...wanted, version: wanted.version + 1 });
    if (at < 0) all.push(saved);
    else all[at] = saved;
    return this.answer({ ...saved, warnings: this.warnings });
  }

  async remove<K extends SettingKind>(kind: K, wanted: Stored<K>): Promise<void> {
    const at = this.place(kind, wanted);
    this.refuse();
    if (at < 0) throw fakeProblem('not-found', 404, 'There is no such entry.');
    this.kept[kind].splice(at, 1);
    await this.answer(null);
  }

  async holidayRegions() {
    return this.answer(REGIONS);
  }

  async publicDays(country: string, subdivision: string) {
    return this.answer(publicDays(country, subdivision, this.now()));
  }

  /** For tests: somebody else saves the entry meanwhile. */
  someoneChanges(kind: SettingKind, id: string, patch: object): void {
    const all: Stored<SettingKind>[] = this.kept[kind];
    const found = all.find(({ setting }) => setting.id === id);
    if (found)
      Object.assign(
        found,
        { version: found.version + 1 },
        { setting: { ...found.setting, ...patch } },
      );
  }

  private place<K extends SettingKind>(kind: K, { version, setting }: Stored<K>): number {
    const all: Stored<K>[] = this.kept[kind];
    const at = all.findIndex((one) => one.setting.id === setting.id);
    if ((all[at]?.version ?? 0) !== version) {
      throw fakeProblem('stale-setting', 409, 'It was changed meanwhile.');
    }
    return at;
  }

  private refuse(): void {
    if (!this.faults.length) return;
    const problem = fakeProblem('invalid-setting', 422, 'Something is wrong.');
    problem.problem.errors = this.faults;
    throw problem;
  }
}

function first<T>(settings: T[]): { version: number; setting: T }[] {
  return settings.map((setting) => ({ version: 1, setting: structuredClone(setting) }));
}
