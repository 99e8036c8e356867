import { useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
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

/** Where the agent is, read from the address; its parts are the same objects until he moves. */
export function useHere(): Here {
  const params = useParams({ strict: false, structuralSharing: true });
  const { list, department, status } = useSearch({
    strict: false,
    structuralSharing: true,
  });
  const view = params.view ?? list ?? 'to_solve';
  const filter = useMemo(
    () => ({ ...(department ? { department } : {}), ...(status ? { status } : {}) }),
    [department, status],
  );
  const beside = useMemo(() => ({ list: view, ...filter }), [view, filter]);
  return {
    view,
    filter,
    number: params.number ?? null,
    page: params.page ?? null,
    report: params.report ?? null,
    entry: params.entry ?? null,
    beside,
  };
}
