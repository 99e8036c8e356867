import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketEvent } from '../../api/types';
import { actorName } from '../people/actor';
import { useNames } from '../people/useNames';
import { Ago } from '../time/Ago';
import classes from './EventLine.module.css';
import { tell } from './tell';

/** Things that happened one after the other, folded into one line. */
export const EventLine = memo(function EventLine({ events }: { events: TicketEvent[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const [isOpen, setOpen] = useState(false);
  const last = events.at(-1);
  if (!last) return null;
  if (isOpen) {
    return (
      <ul className={classes.list}>
        {events.map((event) => (
          <li key={event.id} className={classes.line}>
            <span>
              <b>{actorName(event.actor, t)}</b> {tell(event, t, names)}
            </span>{' '}
            <Ago at={event.at} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className={classes.line}>
      <span className={classes.sentence}>{sentence(events, t, names)}</span>{' '}
      {events.length > 2 && (
        <button type="button" className={classes.more} onClick={() => setOpen(true)}>
          {t('events.more', { count: events.length - 2 })}
        </button>
      )}{' '}
      <Ago at={last.at} />
    </div>
  );
});

/** "Ana moved it to Billing, set the priority to High": a name stands only where it changes. */
function sentence(
  events: TicketEvent[],
  t: Parameters<typeof tell>[1],
  names: Parameters<typeof tell>[2],
) {
  return events.slice(0, 2).map((event, index) => {
    const isSame = index > 0 && events[index - 1]?.actor.id === event.actor.id;
    return (
      <span key={event.id}>
        {index > 0 && ', '}
        {!isSame && <b>{actorName(event.actor, t)} </b>}
        {tell(event, t, names)}
      </span>
    );
  });
}
