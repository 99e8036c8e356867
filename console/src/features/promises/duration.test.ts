import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { durationInWords, readDuration } from './duration';

describe('a duration that somebody wrote', () => {
  it.each([
    ['90', 90],
    ['45 min', 45],
    ['1 h 30 min', 90],
    ['1h30', 90],
    ['1 h 05', 65],
    ['1:30', 90],
    ['1.5 h', 90],
    ['1,5 h', 90],
    ['8 horas', 480],
    ['2 horas y 15 minutos', 135],
    ['36 h', 2160],
  ])('"%s" is %i minutes', (text, minutes) => {
    expect(readDuration(text)).toBe(minutes);
  });

  it.each(['', 'soon', '0', '0 min', '1:75', '-5', '2 days', '1 h h'])(
    '"%s" is nothing that can be counted',
    (text) => {
      expect(readDuration(text)).toBeUndefined();
    },
  );

  it('is written back so that it can be read again', () => {
    for (const minutes of [1, 59, 60, 61, 90, 480, 1445]) {
      expect(readDuration(durationInWords(minutes, i18next.t))).toBe(minutes);
    }
  });
});
