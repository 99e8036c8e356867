export type PresetId = 'laterToday' | 'tomorrow' | 'threeDays' | 'nextWeek' | 'whenAnswered';

export interface Preset {
  id: PresetId;
  at: Date;
}

const MORNING = 9;
const MOST_DAYS_OF_WAITING = 30;
const SOON: readonly PresetId[] = ['laterToday', 'tomorrow', 'nextWeek'];

/** Times to look again, in the agent's own zone; the ones that make no sense now are left out. */
export function presetTimes(now: Date): Preset[] {
  const later = new Date(now.getTime() + 3 * 3_600_000);
  const isSameDay = later.getDate() === now.getDate() && later.getHours() < 20;
  const daysToMonday = (8 - now.getDay()) % 7 || 7;
  const times: Preset[] = [
    ...(isSameDay ? [{ id: 'laterToday' as const, at: later }] : []),
    { id: 'tomorrow', at: morning(now, 1) },
    { id: 'threeDays', at: morning(now, 3) },
    { id: 'nextWeek', at: morning(now, daysToMonday) },
  ];
  // On a Sunday, tomorrow is next Monday: one line is enough.
  return times.filter(
    ({ at }, index) => times.findIndex((one) => one.at.getTime() === at.getTime()) === index,
  );
}

/** Hours at which a reply can be sent later, or somebody be reminded of a note. */
export function soonTimes(now: Date): Preset[] {
  return presetTimes(now).filter(({ id }) => SOON.includes(id));
}

/**
 * Times to postpone to. A message of the customer ends every one of them; who waits for nothing but
 * that message gets a day at the latest, so that no ticket is forgotten for good.
 */
export function postponeTimes(now: Date): Preset[] {
  return [...presetTimes(now), { id: 'whenAnswered', at: morning(now, MOST_DAYS_OF_WAITING) }];
}

function morning(from: Date, days: number): Date {
  return new Date(from.getFullYear(), from.getMonth(), from.getDate() + days, MORNING);
}

/** What a `datetime-local` field shows for a moment: local, to the minute. */
export function fieldValue(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
