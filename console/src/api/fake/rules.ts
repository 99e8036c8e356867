import type { Badge, Clock, ProvedClock, Status, Ticket, TicketChange } from '../types';

/** What an agent can make of each status; the server's table, shortened to what the demo needs. */
export const CAUSES: Record<Status, string[]> = {
  new: ['agent_replied', 'postponed', 'resolved', 'marked_spam', 'deleted'],
  open: ['agent_replied', 'postponed', 'resolved', 'marked_spam', 'deleted'],
  answered: ['agent_replied', 'postponed', 'resolved', 'marked_spam', 'deleted'],
  postponed: ['agent_replied', 'postponed', 'resolved', 'marked_spam', 'deleted'],
  resolved: ['agent_replied', 'reopened', 'closed', 'marked_spam', 'deleted'],
  closed: ['reopened', 'deleted'],
  spam: ['restored'],
  deleted: ['restored'],
};

const CAUSE_OF: Record<NonNullable<TicketChange['status']>, string> = {
  postponed: 'postponed',
  resolved: 'resolved',
  open: 'reopened',
  closed: 'closed',
  spam: 'marked_spam',
  deleted: 'deleted',
  restored: 'restored',
};

export const UNSOLVED: Status[] = ['new', 'open', 'answered', 'postponed'];
export const WAITING: Status[] = ['new', 'open'];

export function allows(status: Status, wanted: NonNullable<TicketChange['status']>): boolean {
  return CAUSES[status].includes(CAUSE_OF[wanted]);
}

const AT_RISK_MS = 30 * 60_000;

export function badgeOf(ticket: Pick<Ticket, 'status' | 'due_at'>, now: number): Badge {
  if (!ticket.due_at) return { state: 'none', due_at: null };
  if (!UNSOLVED.includes(ticket.status)) return { state: 'met', due_at: null };
  if (ticket.status === 'postponed') return { state: 'paused', due_at: null };
  const left = Date.parse(ticket.due_at) - now;
  const state = left < 0 ? 'breached' : left < AT_RISK_MS ? 'at_risk' : 'on_track';
  return { state, due_at: ticket.due_at };
}

export function previewOf(text: string): string {
  const line = text.split(/\s+/).join(' ').trim();
  return line.length <= 140 ? line : `${line.slice(0, 139)}…`;
}

/** One piece that counts, up to now or to the end: the demo's desk never sleeps. */
export function provedClock(clock: Clock): ProvedClock {
  const ends_at = clock.finished_at ?? new Date().toISOString();
  const seconds = Math.round((Date.parse(ends_at) - Date.parse(clock.started_at)) / 1000);
  return {
    target: clock.target,
    started_at: clock.started_at,
    state: clock.state,
    allowed_seconds: clock.allowed_seconds,
    missed_due_at: clock.breached_at ?? null,
    counted_seconds: clock.breached_at ? clock.allowed_seconds : clock.spent_seconds,
    segments: [{ kind: 'running', starts_at: clock.started_at, ends_at, seconds }],
  };
}
