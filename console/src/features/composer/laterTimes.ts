import { postponeTimes, type Preset } from '../ticket/postponeTimes';

const OFFERED: readonly Preset['id'][] = ['laterToday', 'tomorrow', 'nextWeek'];

/** Hours at which a reply can be sent later, in the agent's own zone. */
export function laterTimes(now: Date): Preset[] {
  return postponeTimes(now).filter(({ id }) => OFFERED.includes(id));
}
