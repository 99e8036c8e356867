import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { contactQuery } from '../../api/queries';
import type { Ticket } from '../../api/types';
import { Initials } from '../people/Initials';
import { Relations } from '../relations/Relations';
import { Ago } from '../time/Ago';
import { exact } from '../time/format';
import { Clocks } from './Clocks';
import { Participants } from './Participants';
import classes from './SidePanel.module.css';
import { StatusMark } from './status';

const MOST_EARLIER = 8;

/** Who asks, what he asked before, and how the desk stands against its promises. */
export function SidePanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { requester } = ticket;
  return (
    <div className={classes.panel}>
      <section className={classes.person} aria-label={t('side.requester')}>
        <Initials name={requester.name} of="customer" size={40} isBesideName />
        <div className={classes.who}>
          <div className={classes.name}>{requester.name}</div>
          <a className={classes.mail} href={`mailto:${requester.email}`}>
            {requester.email}
          </a>
        </div>
      </section>
      <Part title={t('side.participants')}>
        <Participants ticket={ticket} />
      </Part>
      <Part title={t('links.title')}>
        <Relations ticket={ticket} />
      </Part>
      <Part title={t('side.clocks')}>
        <Clocks clocks={ticket.clocks} number={ticket.number} />
      </Part>
      <Part title={t('side.about')}>
        <Facts ticket={ticket} />
      </Part>
      <Part title={t('side.earlier')}>
        <Earlier ticket={ticket} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h2 className={classes.title}>{title}</h2>
      {children}
    </section>
  );
}

function Facts({ ticket }: { ticket: Ticket }) {
  const { t, i18n } = useTranslation();
  const facts: [string, ReactNode][] = [
    [t('side.channel'), t(`channel.${ticket.channel}`)],
    [t('side.created'), <Ago key="created" at={ticket.created_at} />],
    [t('side.updated'), <Ago key="updated" at={ticket.updated_at} />],
  ];
  if (ticket.postponed_until) {
    facts.push([t('side.postponedUntil'), exact(ticket.postponed_until, i18n.language)]);
  }
  if (ticket.postponed_reason) facts.push([t('side.postponedReason'), ticket.postponed_reason]);
  if (ticket.resolved_at) {
    facts.push([t('side.resolved'), <Ago key="resolved" at={ticket.resolved_at} />]);
  }
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Earlier({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { data } = useQuery(contactQuery(useDesk(), ticket.requester.id));
  const earlier = data?.tickets.filter((one) => one.number !== ticket.number);
  if (!earlier) return <div className={classes.skeleton} aria-hidden />;
  if (!earlier.length) return <p className={classes.none}>{t('side.noEarlier')}</p>;
  return (
    <ul className={classes.earlier}>
      {earlier.slice(0, MOST_EARLIER).map((one) => (
        <li key={one.number}>
          <Link
            to="/tickets/$number"
            params={{ number: one.number }}
            search={true}
            className={classes.earlierTicket}
          >
            <span className={classes.earlierSubject}>{one.subject}</span>
            <span className={classes.earlierFacts}>
              <span className="mono">#{one.number}</span>
              <StatusMark status={one.status} />
              <Ago at={one.created_at} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
