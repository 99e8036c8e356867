import { describe, expect, it } from 'vitest';
import { fieldValue, postponeTimes, presetTimes } from './presets';

const times = (now: Date) => presetTimes(now).map(({ id, at }) => `${id} ${fieldValue(at)}`);

describe('the times to postpone to', () => {
  it('are later today, tomorrow morning, in three days and next Monday', () => {
    expect(times(new Date(2030, 0, 31, 10, 30))).toEqual([
      'laterToday 2030-01-31T13:30',
      'tomorrow 2030-02-01T09:00',
      'threeDays 2030-02-03T09:00',
      'nextWeek 2030-02-04T09:00',
    ]);
  });

  it('leave later today out when the day is over', () => {
    expect(times(new Date(2030, 0, 31, 22, 0))[0]).toBe('tomorrow 2030-02-01T09:00');
  });

  it('name no moment twice: on a Sunday next Monday is tomorrow', () => {
    const ids = presetTimes(new Date(2030, 1, 3, 10, 0)).map(({ id }) => id);
    expect(ids).toEqual(['laterToday', 'tomorrow', 'threeDays']);
  });

  it('mean the Monday after when today is Monday', () => {
    const monday = new Date(2030, 1, 4, 10, 0);
    expect(times(monday).at(-1)).toBe('nextWeek 2030-02-11T09:00');
  });

  it('let nobody wait for an answer without an end', () => {
    const last = postponeTimes(new Date(2030, 0, 31, 10, 30)).at(-1);
    expect(last?.id).toBe('whenAnswered');
    expect(fieldValue(last?.at ?? new Date())).toBe('2030-03-02T09:00');
  });
});
