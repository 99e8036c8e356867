import { languageFor, serverLanguage } from '../../i18n';
import type { components } from '../../api/schema';

export type ServerLanguage = components['schemas']['DeskDocument']['languages'] extends
  (infer One)[] | undefined
  ? One
  : never;
/** What is written once for each language, as the desk keeps it. */
export type Texts = Record<string, string>;

export const SERVER_LANGUAGES: readonly ServerLanguage[] = ['en', 'pt_BR', 'pt_PT', 'es'];

/** A language is named in itself: whoever seeks it may not read the one that is shown. */
export const LANGUAGE_NAMES: Record<ServerLanguage, string> = {
  en: 'English',
  pt_BR: 'Português (Brasil)',
  pt_PT: 'Português (Portugal)',
  es: 'Español',
};

export function isServerLanguage(value: unknown): value is ServerLanguage {
  return (SERVER_LANGUAGES as readonly unknown[]).includes(value);
}

/** The text in a language of the console, else in the first one that it has. */
export function textIn(texts: Texts, language: string): string {
  const wanted = serverLanguage(languageFor(language));
  return texts[wanted] || Object.values(texts).find(Boolean) || '';
}

/** The languages that a text is asked for in: those of the desk, then those that it has already. */
export function askedIn(desk: readonly ServerLanguage[], texts: Texts): ServerLanguage[] {
  const known = Object.keys(texts).filter(isServerLanguage);
  return [...new Set([...desk, ...known])];
}

/** With one text changed; an empty one is left out, for the desk keeps no empty texts. */
export function withText(texts: Texts, language: ServerLanguage, text: string): Texts {
  const changed = { ...texts, [language]: text };
  return Object.fromEntries(Object.entries(changed).filter(([, one]) => one));
}
