import type { Scope } from '../../api/apiKeysDesk';
import type { Translate } from '../../i18n';

/** What a scope lets a program do. */
export function scopeWords(scope: Scope, t: Translate): string {
  return t(`apiKeys.scopes.${scope.replace(':', '_') as ScopeName}`);
}

type ScopeName = Scope extends infer S
  ? S extends `${infer What}:${infer How}`
    ? `${What}_${How}`
    : never
  : never;

/** A day as the reader writes it; it is a day in UTC wherever he is. */
export function dayWords(day: string, language: string): string {
  const options = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, options).format(new Date(`${day}T00:00:00Z`));
}
