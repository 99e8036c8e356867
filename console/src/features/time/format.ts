import type { Translate } from '../../i18n';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const dates = kept(
  (language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options),
);
export const numbers = kept(
  (language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options),
);
const relatives = kept(
  (language, options: Intl.RelativeTimeFormatOptions) =>
    new Intl.RelativeTimeFormat(language, options),
);

/** Making a formatter costs fifty times its use: one for each language and way of writing. */
function kept<Options extends object, Format>(
  make: (language: string, options: Options) => Format,
) {
  const made = new Map<string, Format>();
  return (language: string, options: Options): Format => {
    const key = `${language} ${JSON.stringify(options)}`;
    const known = made.get(key) ?? make(language, options);
    made.set(key, known);
    return known;
  };
}

/** A span in few characters: "42 min", "1 h 05", "3 d". Milliseconds, never negative. */
export function shortSpan(milliseconds: number, t: Translate): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes < 60) return t('time.minutes', { count: minutes });
  if (milliseconds < DAY) {
    const rest = String(minutes % 60).padStart(2, '0');
    return t('time.hours', { hours: Math.floor(minutes / 60), minutes: rest });
  }
  return t('time.days', { count: Math.floor(milliseconds / DAY) });
}

/** A span in words: "42 minutes", "3 hours". */
export function longSpan(milliseconds: number, language: string): string {
  const [unit, size] =
    milliseconds < HOUR
      ? (['minute', MINUTE] as const)
      : milliseconds < 2 * DAY
        ? (['hour', HOUR] as const)
        : (['day', DAY] as const);
  const count = Math.max(unit === 'minute' ? 1 : 0, Math.round(milliseconds / size));
  return numbers(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** "5 minutes ago", "yesterday", then the date. */
export function ago(at: string, now: number, language: string): string {
  const passed = now - Date.parse(at);
  const relative = relatives(language, { numeric: 'auto', style: 'short' });
  if (passed < MINUTE) return relative.format(0, 'minute');
  if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return relative.format(-Math.floor(passed / HOUR), 'hour');
  if (passed < 7 * DAY) return relative.format(-Math.floor(passed / DAY), 'day');
  return dates(language, { dateStyle: 'medium' }).format(new Date(at));
}

/** The exact moment in the reader's own zone, with the zone's name. */
export function exact(at: string, language: string): string {
  return dates(language, { dateStyle: 'full', timeStyle: 'long' }).format(new Date(at));
}

export function clockTime(at: string, language: string): string {
  return dates(language, { timeStyle: 'short' }).format(new Date(at));
}

/** A near moment in few words: "Tue 09:00", with the date when it is further than a week. */
export function shortMoment(at: Date, language: string, now: number): string {
  const near = at.getTime() - now < 6 * DAY;
  const day = near
    ? ({ weekday: 'short' } as const)
    : ({ day: 'numeric', month: 'short' } as const);
  return dates(language, { ...day, hour: 'numeric', minute: '2-digit' }).format(at);
}
