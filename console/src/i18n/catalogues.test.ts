import { describe, expect, it } from 'vitest';
import en from './en.json';
import es from './es.json';
import ptBR from './pt-BR.json';
import ptPT from './pt-PT.json';

const OTHERS = { 'pt-BR': ptBR, 'pt-PT': ptPT, es };
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flatten(catalogue: object, path = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) => {
    const name = path ? `${path}.${key}` : key;
    return typeof value === 'string' ? [[name, value]] : flatten(value as object, name);
  });
}

const names = (catalogue: object) =>
  [...new Set(flatten(catalogue).map(([key]) => key.replace(PLURAL, '')))].sort();
const values = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe.each(Object.entries(OTHERS))('the catalogue %s', (language, catalogue) => {
  it('says everything that English says, and nothing more', () => {
    expect(names(catalogue)).toEqual(names(en));
  });

  it('has a form for each plural of its language', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const keys = flatten(catalogue).map(([key]) => key);
    const plurals = new Set(
      keys.filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')),
    );
    for (const name of plurals) {
      for (const form of forms) expect(keys).toContain(`${name}_${form}`);
    }
  });

  it('uses the same values in each sentence as English', () => {
    const english = new Map(flatten(en).map(([key, text]) => [key.replace(PLURAL, ''), text]));
    for (const [key, text] of flatten(catalogue)) {
      expect(values(text), key).toEqual(values(english.get(key.replace(PLURAL, '')) ?? ''));
    }
  });

  it('leaves no sentence empty', () => {
    for (const [key, text] of flatten(catalogue)) expect(text.trim(), key).not.toBe('');
  });
});
