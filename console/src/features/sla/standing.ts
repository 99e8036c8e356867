import type { Badge, BadgeState } from '../../api/types';
import type { Translate } from '../../i18n';
import { shortSpan } from '../time/format';

export interface Standing {
  state: BadgeState;
  /** Few characters, for a row: "42 min", "18 min over". */
  short: string;
  /** A whole phrase, for a header and for a screen reader: "At risk, 12 min left". */
  long: string;
}

/**
 * How a ticket stands against its promises at `now` (milliseconds).
 *
 * The server says what the state is; a due time that passes between two polls is shown as over at
 * once, because a badge that says "0 min left" for six seconds is wrong.
 */
export function standing(badge: Badge, now: number, t: Translate): Standing {
  const due = badge.due_at ? Date.parse(badge.due_at) : null;
  const isRunning = badge.state === 'on_track' || badge.state === 'at_risk';
  const state = isRunning && due !== null && due <= now ? 'breached' : badge.state;
  const word = t(`sla.${state}`);
  if (due === null || state === 'paused' || state === 'met' || state === 'none') {
    return { state, short: word, long: word };
  }
  const span = shortSpan(Math.abs(due - now), t);
  const short = state === 'breached' ? t('sla.over', { span }) : span;
  const long = state === 'breached' ? short : t('sla.left', { span });
  return { state, short, long: t('sla.phrase', { word, rest: long }) };
}
