import i18next, { type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';

export const LANGUAGES = ['en', 'pt-BR', 'pt-PT', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Translate = TFunction;

/** Only English comes with the program; the others are fetched when somebody speaks them. */
const LOADERS: Record<Exclude<Language, 'en'>, () => Promise<{ default: unknown }>> = {
  'pt-BR': () => import('./pt-BR.json'),
  'pt-PT': () => import('./pt-PT.json'),
  es: () => import('./es.json'),
};

/** The language that the console has for what a browser or the server names (`pt_BR`, `es-MX`). */
export function languageFor(name: string): Language {
  const wanted = name.replace('_', '-').toLowerCase();
  const exact = LANGUAGES.find((language) => language.toLowerCase() === wanted);
  if (exact) return exact;
  const base = wanted.split('-')[0];
  if (base === 'pt') return 'pt-PT';
  return LANGUAGES.find((language) => language === base) ?? 'en';
}

/** The server's name of a language. */
export function serverLanguage(language: Language): 'en' | 'pt_BR' | 'pt_PT' | 'es' {
  return language.replace('-', '_') as 'en' | 'pt_BR' | 'pt_PT' | 'es';
}

export async function startLanguages(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await speak(language);
}

export async function speak(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    const catalogue = await LOADERS[language]();
    i18next.addResourceBundle(language, 'translation', catalogue.default);
  }
  // Said again, it would have every word on the page drawn anew.
  if (i18next.language !== language) await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
