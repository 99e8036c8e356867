import { dates } from '../time/format';
import type { Setting } from '../../api/settings';

export type Hours = Setting<'calendars'>['hours'];
export type Range = { opens: string; closes: string };

export const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEK)[number];

/** The ranges of a day, hours and minutes only: the desk writes seconds too. */
export function rangesOf(hours: Hours, day: Weekday): Range[] {
  return (hours[day] ?? []).map(({ opens, closes }) => ({
    opens: opens.slice(0, 5),
    closes: closes.slice(0, 5),
  }));
}

/** Whether a range goes on after midnight; one that closes at 00:00 ends with its day. */
export function isOvernight({ opens, closes }: Range): boolean {
  return opens !== '' && closes !== '' && closes <= opens && closes !== '00:00';
}

export function isWholeDay({ opens, closes }: Range): boolean {
  return opens !== '' && opens === closes;
}

/** The open time of a week in minutes, overlaps not taken into account. */
export function minutesAWeek(hours: Hours): number {
  return WEEK.flatMap((day) => rangesOf(hours, day)).reduce((sum, range) => sum + length(range), 0);
}

function length({ opens, closes }: Range): number {
  const [from, to] = [minuteOf(opens), minuteOf(closes)];
  return to > from ? to - from : to - from + 24 * 60;
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** The name of a weekday in the reader's language. */
export function dayName(day: Weekday, language: string, width: 'long' | 'short' = 'long'): string {
  // The first of January 2024 was a Monday.
  const date = new Date(Date.UTC(2024, 0, 1 + WEEK.indexOf(day)));
  return dates(language, { weekday: width, timeZone: 'UTC' }).format(date);
}

/** The week in few words: days with the same hours stand together, "Mon – Fri 09:00 – 18:00". */
export function weekInWords(hours: Hours, language: string): string {
  const parts: string[] = [];
  let start = 0;
  while (start < WEEK.length) {
    const words = dayInWords(hours, WEEK[start] ?? 'mon');
    let end = start;
    while (end + 1 < WEEK.length && dayInWords(hours, WEEK[end + 1] ?? 'mon') === words) end += 1;
    if (words) {
      const [first, last] = [start, end].map((at) => dayName(WEEK[at] ?? 'mon', language, 'short'));
      parts.push(`${first === last ? first : `${first} – ${last}`} ${words}`);
    }
    start = end + 1;
  }
  return parts.join(', ');
}

function dayInWords(hours: Hours, day: Weekday): string {
  return rangesOf(hours, day)
    .map(({ opens, closes }) => (opens === closes ? '24 h' : `${opens} – ${closes}`))
    .join(' + ');
}
