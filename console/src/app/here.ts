import { useParams, useSearch } from '@tanstack/react-router';
import type { ListFilter, ViewId } from '../api/types';

export interface Here {
  view: ViewId;
  filter: ListFilter;
  /** The open ticket, null where there is only the list. */
  number: number | null;
  /** The page of the set-up, null elsewhere. */
  page: string | null;
  /** The open report, null elsewhere. */
  report: string | null;
  /** What is open on that page, null where its list stands. */
  entry: string | null;
  /** For the address of a ticket: keeps the list that stands beside it. */
  beside: { list: ViewId } & ListFilter;
}

/** Where the agent is, read from the address. */
export function useHere(): Here {
  const params = useParams({ strict: false });
  const search = useSearch({ strict: false });
  const view = params.view ?? search.list ?? 'to_solve';
  const filter = {
    ...(search.department ? { department: search.department } : {}),
    ...(search.status ? { status: search.status } : {}),
  };
  return {
    view,
    filter,
    number: params.number ?? null,
    page: params.page ?? null,
    report: params.report ?? null,
    entry: params.entry ?? null,
    beside: { list: view, ...filter },
  };
}
