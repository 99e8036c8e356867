import { useTranslation } from 'react-i18next';
import type { Clock } from '../../api/types';
import type { Translate } from '../../i18n';
import { exact, shortSpan } from '../time/format';
import { useNow } from '../time/useNow';
import { ClockProof } from './ClockProof';
import classes from './Clocks.module.css';

/** The targets of the ticket, each in one sentence and with how much of the time is spent. */
export function Clocks({ clocks, number }: { clocks: Clock[]; number: number }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const shown = clocks.filter((clock) => clock.state !== 'cancelled');
  if (!shown.length) return <p className={classes.none}>{t('side.noClocks')}</p>;
  return (
    <ul className={classes.clocks}>
      {shown.map((clock) => {
        const state = stateOf(clock, now);
        const share = Math.min(1, clock.spent_seconds / Math.max(1, clock.allowed_seconds));
        const due = clock.due_at ? exact(clock.due_at, i18n.language) : undefined;
        return (
          <li key={`${clock.target} ${clock.started_at}`} data-state={state} title={due}>
            <div className={classes.line}>
              <span>
                {t(`target.${clock.target}`)}
                <ClockProof number={number} target={clock.target} />
              </span>
              <span className={classes.standing}>{sayClock(clock, now, t)}</span>
            </div>
            <div className={classes.track} aria-hidden>
              <div className={classes.spent} style={{ width: `${share * 100}%` }} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function stateOf(clock: Clock, now: number): 'late' | 'met' | 'paused' | 'running' {
  const isOver = clock.state === 'running' && clock.due_at && Date.parse(clock.due_at) <= now;
  if (clock.breached_at || isOver) return 'late';
  return clock.state === 'cancelled' ? 'met' : clock.state;
}

function sayClock(clock: Clock, now: number, t: Translate): string {
  const { state, due_at, allowed_seconds, spent_seconds } = clock;
  if (state === 'met') {
    const span = shortSpan(spent_seconds * 1000, t);
    return clock.breached_at ? t('side.metLate', { span }) : t('side.metIn', { span });
  }
  if (state === 'paused') {
    const left = Math.max(0, allowed_seconds - spent_seconds);
    return t('side.paused', { span: shortSpan(left * 1000, t) });
  }
  const left = due_at ? Date.parse(due_at) - now : 0;
  const span = shortSpan(Math.abs(left), t);
  return left <= 0 ? t('sla.over', { span }) : t('sla.left', { span });
}
