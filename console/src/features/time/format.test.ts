import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { ago, shortSpan } from './format';

const MINUTE = 60_000;
const NOW = Date.parse('2030-01-31T09:00:00Z');

describe('a span in few characters', () => {
  it.each([
    [0, '0 min'],
    [42 * MINUTE, '42 min'],
    [65 * MINUTE, '1 h 05'],
    [26 * 60 * MINUTE, '1 d'],
  ])('of %i milliseconds is %s', (span, shown) => {
    expect(shortSpan(span, i18next.t)).toBe(shown);
  });
});

describe('how long ago', () => {
  const before = (minutes: number) => new Date(NOW - minutes * MINUTE).toISOString();

  it('is told in the language of the reader', () => {
    expect(ago(before(5), NOW, 'es')).toContain('5');
    expect(ago(before(24 * 60), NOW, 'pt-BR')).toBe('ontem');
  });

  it('is a date after a week', () => {
    expect(ago(before(9 * 24 * 60), NOW, 'en')).toBe('Jan 22, 2030');
  });
});
