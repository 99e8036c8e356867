import { ApiProblem } from '../problems';
import type { OwnView, SavedView, SavedViewsDesk, Sort } from '../savedViews';
import type { Setting, Stored } from '../settings';
import {
  isFixed,
  VIEW_IDS,
  type FixedView,
  type ListFilter,
  type Me,
  type Ticket,
  type TicketSummary,
  type View,
} from '../types';
import { fakeProblem, type FakeTickets } from './FakeTickets';

type Shared = Setting<'shared-views'>;
type Conditions = Shared['conditions'];
type Condition = Conditions['all_of'][number];

interface Own {
  version: number;
  view: OwnView;
}

/** Saved views of the demo desk; a test says which one is being made. */
export class FakeViews implements SavedViewsDesk {
  readonly own = new Map<string, Own>();
  /** Views that are being made, each with how many tickets are done. */
  readonly building = new Map<string, number>();
  /** What a save is refused for, until it is taken away. */
  faults: { field: string; message: string }[] = [];

  constructor(
    private readonly tickets: FakeTickets,
    private readonly shared: () => Stored<'shared-views'>[],
    private readonly profile: () => Me,
    private readonly answer: <T>(value: T) => Promise<T>,
  ) {}

  list(): View[] {
    const fixed = VIEW_IDS.map((id) => fixedView(id, this.tickets.rows(id, {}).length));
    return [...fixed, ...this.shapes().map(({ id }) => this.summary(id))];
  }

  /** What a list shows, whichever it is. */
  page(id: string, filter: ListFilter): TicketSummary[] {
    if (isFixed(id)) return this.tickets.rows(id, filter);
    const rows = this.rows(id, filter);
    if (!rows) throw fakeProblem('not-found', 404, 'There is no such view.');
    return rows.map(({ number }) => this.tickets.summary(this.tickets.find(number)));
  }

  /** The tickets of a view in its order; null for one that is not saved. */
  rows(id: string, filter: ListFilter): Ticket[] | null {
    const shape = this.shapes().find((one) => one.id === id);
    if (!shape) return null;
    const me = this.profile();
    return [...this.tickets.kept.values()]
      .map(({ ticket }) => ticket)
      .filter((ticket) => me.departments.includes(ticket.department_id) && !ticket.gone_at)
      .filter((ticket) => shape.split !== 'assignee' || ticket.assignee_id === me.id)
      .filter((ticket) => holds(shape.conditions, ticket))
      .filter(({ department_id: of }) => !filter.department || of === filter.department)
      .filter(({ status }) => !filter.status || status === filter.status)
      .sort((a, b) => sortKey(shape.sort, a).localeCompare(sortKey(shape.sort, b)));
  }

  async read(id: string): Promise<SavedView> {
    const shape = this.shapes().find((one) => one.id === id);
    if (!shape) throw fakeProblem('not-found', 404, 'There is no such view.');
    const done = this.building.get(id);
    const total = done === undefined ? 0 : this.tickets.kept.size;
    return this.answer({
      ...this.whole(id),
      conditions: shape.conditions,
      departments: [],
      roles: [],
      position: shape.position,
      done: done ?? 0,
      total,
      version: this.own.get(id)?.version ?? 0,
    });
  }

  async save(id: string, view: OwnView, version: number): Promise<SavedView> {
    if (this.faults.length) {
      const problem: ApiProblem = fakeProblem('invalid-setting', 422, 'Something is wrong.');
      problem.problem.errors = this.faults;
      throw problem;
    }
    if ((this.own.get(id)?.version ?? 0) !== version) {
      throw fakeProblem('stale-setting', 409, 'It was changed meanwhile.');
    }
    this.own.set(id, { version: version + 1, view: structuredClone(view) });
    return this.read(id);
  }

  async remove(id: string): Promise<void> {
    this.own.delete(id);
    await this.answer(null);
  }

  private shapes(): (OwnView & { id: string })[] {
    const shared = this.shared()
      .map(({ setting }) => setting)
      .toSorted((a, b) => a.position - b.position);
    const own = [...this.own].map(([id, { view }]) => ({ id, ...view }));
    return [...shared, ...own];
  }

  private summary(id: string): View {
    return this.whole(id);
  }

  private whole(id: string): Required<View> {
    const shape = this.shapes().find((one) => one.id === id);
    if (!shape) throw fakeProblem('not-found', 404, 'There is no such view.');
    const rows = this.rows(id, {}) ?? [];
    const departments = [...new Set(rows.map(({ department_id: of }) => of))].toSorted();
    const count = (of: string) => rows.filter((row) => row.department_id === of).length;
    return {
      id,
      name: shape.name,
      count: rows.length,
      personal: this.own.has(id),
      sort: shape.sort,
      split: shape.split,
      columns: shape.columns,
      state: this.building.has(id) ? 'building' : 'ready',
      parts:
        shape.split === 'department'
          ? departments.map((of) => ({ department_id: of, count: count(of) }))
          : [],
    };
  }
}

/** One of the lists that every desk has. */
function fixedView(id: FixedView, count: number): View {
  const shape = { name: '', personal: false, columns: [], parts: [] };
  return { id, count, ...shape, sort: 'time_left', split: 'none', state: 'ready' };
}

function holds({ all_of, any_of }: Conditions, ticket: Ticket): boolean {
  const asks = (condition: Condition) => answers(condition, ticket);
  return all_of.every(asks) && (any_of.length === 0 || any_of.some(asks));
}

/** What the demo's views ask; anything else holds. */
function answers({ field, operator, values }: Condition, ticket: Ticket): boolean {
  const facts: Record<string, string> = {
    status: ticket.status,
    priority: ticket.priority,
    department: ticket.department_id,
    assignee: ticket.assignee_id,
    channel: ticket.channel,
  };
  const fact = facts[field];
  if (fact === undefined) return true;
  if (operator === 'is') return values.includes(fact);
  if (operator === 'is_not') return !values.includes(fact);
  return operator === 'is_empty' ? fact === '' : fact !== '';
}

function sortKey(sort: Sort, ticket: Ticket): string {
  const far = '9999';
  const backwards = (moment: string) => String(9e15 - Date.parse(moment));
  switch (sort) {
    case 'waiting':
      return ticket.waiting_since ?? far;
    case 'oldest':
      return ticket.created_at;
    case 'newest':
      return backwards(ticket.created_at);
    case 'updated':
      return backwards(ticket.updated_at);
    case 'subject':
      return ticket.subject;
    default:
      return ticket.due_at ?? far;
  }
}
