import type { OwnView, SavedView } from '../../api/savedViews';
import type { ListFilter, ViewId } from '../../api/types';
import type { Condition } from '../conditions/types';

/** What a view of one's own begins with: the list that is open, with its filter. */
export function viewOf(view: ViewId, filter: ListFilter, me: string): OwnView {
  const all: Condition[] = [...conditionsOf(view, me)];
  if (filter.status) {
    const others = all.filter(({ field }) => field !== 'status');
    all.splice(0, all.length, ...others, asked('status', 'is', [filter.status]));
  }
  if (filter.department) all.push(asked('department', 'is', [filter.department]));
  return {
    name: '',
    conditions: { all_of: all, any_of: [] },
    sort: 'time_left',
    split: 'none',
    columns: ['time_left', 'status', 'department', 'assignee'],
    position: 0,
  };
}

/** The parts of a stored view that its owner says. */
export function partsOf(view: SavedView): OwnView {
  const { name, conditions, sort, split, columns, position } = view;
  return { name, conditions, sort, split, columns, position };
}

/** An id that nobody has; what an agent's own views begin with is the desk's rule. */
export function newOwnId(): string {
  return `my-${crypto.randomUUID()}`;
}

function conditionsOf(view: ViewId, me: string): Condition[] {
  const waits = asked('status', 'is', ['new', 'open']);
  const unsolved = asked('status', 'is', ['new', 'open', 'answered', 'postponed']);
  switch (view) {
    case 'to_solve':
      return [waits];
    case 'unassigned':
      return [waits, asked('assignee', 'is_empty', [])];
    case 'mine':
      return [unsolved, asked('assignee', 'is', [me])];
    default:
      return view === 'all_open' ? [unsolved] : [];
  }
}

function asked(
  field: Condition['field'],
  operator: Condition['operator'],
  values: string[],
): Condition {
  return { field, operator, values };
}
