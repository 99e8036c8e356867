import { describe, expect, it } from 'vitest';
import i18next from 'i18next';
import { standing } from './standing';

const NOW = Date.parse('2030-01-31T09:00:00Z');
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const t = i18next.t;

describe('the standing of a ticket', () => {
  it.each([
    ['on_track', 65, '1 h 05', 'On track · 1 h 05 left'],
    ['at_risk', 12, '12 min', 'At risk · 12 min left'],
    ['breached', -18, '18 min over', 'Breached · 18 min over'],
    ['on_track', 3000, '2 d', 'On track · 2 d left'],
  ] as const)('%s, due in %i minutes, reads %s', (state, minutes, short, long) => {
    expect(standing({ state, due_at: at(minutes) }, NOW, t)).toEqual({ state, short, long });
  });

  it('is breached as soon as its time has passed, before the server says so', () => {
    expect(standing({ state: 'at_risk', due_at: at(-1) }, NOW, t).state).toBe('breached');
  });

  it('has no time left to tell while it is paused', () => {
    expect(standing({ state: 'paused', due_at: null }, NOW, t).long).toBe('Paused');
  });
});
