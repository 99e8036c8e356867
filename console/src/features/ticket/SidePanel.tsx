import type { ReactNode } from 'react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../../api/types';
import { ContactPanel } from '../contact/ContactPanel';
import { Earlier } from '../contact/Earlier';
import { TicketFields } from '../fields/TicketFields';
import { Relations } from '../relations/Relations';
import { Ago } from '../time/Ago';
import { exact } from '../time/format';
import { Clocks } from './Clocks';
import { Participants } from './Participants';
import { Satisfaction } from './Satisfaction';
import classes from './SidePanel.module.css';

/** Who asks, what he asked before, and how the desk stands against its promises. */
export const SidePanel = memo(function SidePanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  return (
    <div className={classes.panel}>
      <ContactPanel ticket={ticket} />
      <Part title={t('side.participants')}>
        <Participants ticket={ticket} />
      </Part>
      <Part title={t('fields.title')}>
        <TicketFields ticket={ticket} />
      </Part>
      <Part title={t('links.title')}>
        <Relations ticket={ticket} />
      </Part>
      <Part title={t('side.clocks')}>
        <Clocks clocks={ticket.clocks} number={ticket.number} />
      </Part>
      <Part title={t('side.about')}>
        <Facts ticket={ticket} />
        <Satisfaction ticket={ticket} />
      </Part>
      <Part title={t('side.earlier')}>
        <Earlier ticket={ticket} />
      </Part>
    </div>
  );
});

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
