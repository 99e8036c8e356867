import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Desk } from './desk';
import { ApiProblem } from './problems';
import type { Period } from './reportsDesk';
import type { SettingKind } from './settings';
import type { ListFilter, ViewId } from './types';

/** Polling pauses by itself while the page is hidden. Milliseconds. */
const SECOND = 1000;
export const POLL = {
  views: 4 * SECOND,
  list: 6 * SECOND,
  ticket: 6 * SECOND,
  notices: 15 * SECOND,
};

export const keys = {
  me: ['me'] as const,
  views: ['views'] as const,
  savedView: (id: string) => ['views', id] as const,
  lists: ['list'] as const,
  list: (view: ViewId, filter: ListFilter) => ['list', view, filter] as const,
  ticket: (number: number) => ['ticket', number] as const,
  clocks: (number: number) => ['clocks', number] as const,
  older: (number: number) => ['older', number] as const,
  contact: (id: string) => ['contact', id] as const,
  ticketsOf: (id: string) => ['contact', id, 'tickets'] as const,
  vocabulary: ['vocabulary'] as const,
  tags: (prefix: string) => ['tags', prefix] as const,
  notices: ['notices'] as const,
  answers: ['answers'] as const,
  uses: (kind: string) => ['uses', kind] as const,
  breaches: (period: Period) => ['breaches', period] as const,
  suspended: ['suspended'] as const,
  suspendedMail: (id: string) => ['suspended', id] as const,
  blocked: ['blocked'] as const,
  apiKeys: ['api-keys'] as const,
  suppressed: (prefix: string) => ['suppressed', prefix] as const,
  mailboxes: ['mailboxes'] as const,
  checks: (mailbox: string) => ['mailboxes', mailbox, 'checks'] as const,
  mailRules: ['mail-rules'] as const,
  deadLetters: ['dead-letters'] as const,
  settings: (kind: SettingKind) => ['settings', kind] as const,
  holidayRegions: ['holiday-regions'] as const,
  publicDays: (country: string, part: string) => ['public-days', country, part] as const,
};

export const meQuery = (desk: Desk) =>
  queryOptions({ queryKey: keys.me, queryFn: () => desk.me(), refetchInterval: 30 * SECOND });

export const viewsQuery = (desk: Desk) =>
  queryOptions({
    queryKey: keys.views,
    queryFn: () => desk.views(),
    refetchInterval: POLL.views,
  });

/** Asked again while the view is being made. */
export const savedViewQuery = (desk: Desk, id: string) =>
  queryOptions({
    queryKey: keys.savedView(id),
    queryFn: () => desk.savedViews.read(id),
    refetchInterval: ({ state }) => (state.data?.state === 'building' ? 3 * SECOND : false),
  });

export const listQuery = (desk: Desk, view: ViewId, filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: keys.list(view, filter),
    queryFn: ({ pageParam }) => desk.list(view, filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    refetchInterval: POLL.list,
  });

export const breachesQuery = (desk: Desk, period: Period) =>
  infiniteQueryOptions({
    queryKey: keys.breaches(period),
    queryFn: ({ pageParam }) => desk.reports.breaches(period, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  });

export const ticketQuery = (desk: Desk, number: number) =>
  queryOptions({
    queryKey: keys.ticket(number),
    queryFn: () => desk.open(number),
    refetchInterval: POLL.ticket,
  });

export const clocksQuery = (desk: Desk, number: number) =>
  queryOptions({ queryKey: keys.clocks(number), queryFn: () => desk.clocks(number) });

export const contactQuery = (desk: Desk, contact: string) =>
  queryOptions({ queryKey: keys.contact(contact), queryFn: () => desk.contacts.read(contact) });

export const ticketsOfQuery = (desk: Desk, contact: string) =>
  infiniteQueryOptions({
    queryKey: keys.ticketsOf(contact),
    queryFn: ({ pageParam }) => desk.contacts.tickets(contact, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  });

/** What an administrator sets up changes seldom. */
export const vocabularyQuery = (desk: Desk) =>
  queryOptions({
    queryKey: keys.vocabulary,
    queryFn: () => desk.vocabulary.read(),
    staleTime: 60 * SECOND,
  });

export const noticesQuery = (desk: Desk) =>
  queryOptions({
    queryKey: keys.notices,
    queryFn: () => desk.notices(null),
    refetchInterval: POLL.notices,
  });

/** What the server refused stays refused; only silence and overload are worth a second try. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (error instanceof ApiProblem && error.status < 500) return false;
  return failures < 2;
}

export const settingsQuery = <K extends SettingKind>(desk: Desk, kind: K) =>
  queryOptions({ queryKey: keys.settings(kind), queryFn: () => desk.settings.list(kind) });
