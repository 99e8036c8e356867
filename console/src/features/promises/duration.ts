import type { Translate } from '../../i18n';

const HOUR = 60;
/** What people write: hours, minutes, or both; "90", "1 h 30", "1:30", "1.5 h". */
const FORMS: readonly [RegExp, (found: number[]) => number][] = [
  [/^(\d+)\s*(?:m|min|mins|minutos?|minutes?)?$/, ([minutes = 0]) => minutes],
  [/^(\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|horas?|hours?)$/, ([hours = 0]) => hours * HOUR],
  [
    /^(\d+)\s*(?:h|hr|hrs|horas?|hours?)\s*(?:e|y|and)?\s*(\d{1,2})\s*(?:m|min|mins|minutos?|minutes?)?$/,
    ([hours = 0, minutes = 0]) => hours * HOUR + minutes,
  ],
  [/^(\d+):([0-5]\d)$/, ([hours = 0, minutes = 0]) => hours * HOUR + minutes],
];

/** Minutes as people read them: "45 min", "8 h", "1 h 30 min". */
export function durationInWords(minutes: number, t: Translate): string {
  const [hours, rest] = [Math.floor(minutes / HOUR), minutes % HOUR];
  if (!hours) return t('time.minutes', { count: rest });
  if (!rest) return t('time.onlyHours', { count: hours });
  return t('time.hoursAndMinutes', { hours, minutes: rest });
}

/** The minutes that were meant; undefined where nobody can tell. Never zero. */
export function readDuration(text: string): number | undefined {
  const plain = text.trim().toLowerCase();
  for (const [form, minutesOf] of FORMS) {
    const found = form.exec(plain);
    if (!found) continue;
    const minutes = minutesOf(found.slice(1).map((part) => Number(part.replace(',', '.'))));
    return minutes >= 1 ? Math.round(minutes) : undefined;
  }
  return undefined;
}
