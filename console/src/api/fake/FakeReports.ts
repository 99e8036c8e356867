import type { Breach, Period, ReportsDesk } from '../reportsDesk';
import type { FakeTickets } from './FakeTickets';

const HOUR = 3_600_000;
const PAGE = 50;

/** Missed promises in the browser's memory: those of the tickets that are overdue. */
export class FakeReports implements ReportsDesk {
  constructor(
    private readonly tickets: FakeTickets,
    private readonly clock: () => number,
    private readonly answer: <T>(value: T) => Promise<T>,
  ) {}

  breaches(period: Period, cursor: string | null) {
    const rows = this.rows(period);
    const from = Number(cursor ?? 0);
    const next = from + PAGE < rows.length ? String(from + PAGE) : null;
    return this.answer({ breaches: rows.slice(from, from + PAGE), next });
  }

  breachTable(period: Period) {
    const lines = this.rows(period).map((row) => `${row.number},${row.target},${row.late_seconds}`);
    return this.answer(['number,target,late_seconds', ...lines].join('\r\n'));
  }

  private rows({ from, to, department }: Period): Breach[] {
    const now = this.clock();
    return [...this.tickets.kept.values()]
      .map(({ ticket }) => ticket)
      .filter((ticket) => ticket.badge.state === 'breached' && ticket.due_at !== null)
      .filter((ticket) => !department || ticket.department_id === department)
      .map((ticket): Breach => {
        const due = Date.parse(ticket.due_at ?? '');
        const at = (moment: number) => new Date(moment).toISOString();
        return {
          number: ticket.number,
          subject: ticket.subject,
          target: 'first_response',
          department_id: ticket.department_id,
          policy_id: 'standard',
          assignee_id: ticket.assignee_id,
          started_at: at(due - 2 * HOUR),
          due_at: at(due),
          allowed_seconds: 3600,
          outcome: 'open',
          ended_at: null,
          late_seconds: Math.floor((now - due) / 1000),
          running_seconds: 3600,
          paused_seconds: 3600,
          outside_hours_seconds: 0,
          segments: [
            {
              kind: 'running',
              starts_at: at(due - 2 * HOUR),
              ends_at: at(due - 1.5 * HOUR),
              seconds: 1800,
            },
            {
              kind: 'paused',
              starts_at: at(due - 1.5 * HOUR),
              ends_at: at(due - 0.5 * HOUR),
              seconds: 3600,
            },
            { kind: 'running', starts_at: at(due - 0.5 * HOUR), ends_at: at(due), seconds: 1800 },
          ],
        };
      })
      .filter((row) => row.due_at >= from && row.due_at < to)
      .sort((a, b) => a.due_at.localeCompare(b.due_at));
  }
}
