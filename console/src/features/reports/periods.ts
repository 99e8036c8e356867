export const PERIODS = ['days7', 'days30', 'month', 'lastMonth', 'own'] as const;
export type PeriodName = (typeof PERIODS)[number];

export interface Days {
  /** Days of the reader's calendar as `2026-03-01`; both belong to the period. */
  first: string;
  last: string;
}

/** The days of a named period, today included. */
export function daysOf(name: Exclude<PeriodName, 'own'>, now: Date): Days {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  switch (name) {
    case 'days7':
      return { first: text(new Date(year, month, day - 6)), last: text(now) };
    case 'days30':
      return { first: text(new Date(year, month, day - 29)), last: text(now) };
    case 'month':
      return { first: text(new Date(year, month, 1)), last: text(now) };
    case 'lastMonth':
      return { first: text(new Date(year, month - 1, 1)), last: text(new Date(year, month, 0)) };
  }
}

/** From the first instant of the first day to the first one after the last, in the reader's zone. */
export function instantsOf({ first, last }: Days): { from: string; to: string } | null {
  const from = midnight(first, 0);
  const to = midnight(last, 1);
  if (!from || !to || from >= to) return null;
  return { from: from.toISOString(), to: to.toISOString() };
}

function midnight(day: string, later: number): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  return parts && new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + later);
}

function text(day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
