import { Button, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { isGone } from '../../api/problems';
import { ticketQuery } from '../../api/queries';
import type { OpenedTicket } from '../../api/types';
import { problemText } from '../../app/say';
import { Composer } from '../composer/Composer';
import { ConflictDialog } from '../composer/ConflictDialog';
import { leadTo, useRefusals } from '../fields/refusals';
import { useShortcut } from '../keyboard/shortcuts';
import { markSeen, seenUntil } from '../lists/seen';
import { useOutboxState } from '../outbox/context';
import { pendingStatus } from '../outbox/outgoing';
import { Thread } from '../thread/Thread';
import { Banners } from './Banners';
import { PostponeDialog } from './PostponeDialog';
import { SidePanel } from './SidePanel';
import { TicketHeader } from './TicketHeader';
import classes from './TicketPane.module.css';
import { TicketSkeleton } from './TicketSkeleton';
import { useTicketActions } from './useTicketActions';

interface Props {
  number: number;
  onBack: () => void;
}

export const TicketPane = memo(function TicketPane({ number, onBack }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(ticketQuery(useDesk(), number));
  if (data) return <Opened opened={data} onBack={onBack} />;
  if (!error) return <TicketSkeleton />;
  return (
    <div className={classes.failed} role="alert">
      <h1>{t(isGone(error) ? 'ticket.goneTitle' : 'ticket.failedTitle', { number })}</h1>
      <p>{problemText(error, t)}</p>
      <Button variant="default" onClick={() => void refetch()}>
        {t('problem.again')}
      </Button>
      <Button variant="subtle" onClick={onBack}>
        {t('ticket.back')}
      </Button>
    </div>
  );
});

function Opened({ opened, onBack }: { opened: OpenedTicket; onBack: () => void }) {
  const { t } = useTranslation();
  const { ticket } = opened;
  const { number } = ticket;
  const actions = useTicketActions(number);
  const status = pendingStatus(useOutboxState(), number) ?? ticket.status;
  const [postponing, setPostponing] = useState<{ label: string } | null>(null);
  const mustFillIn = useRefusals(number).length > 0;
  const [isSideOpen, setSideOpen] = useState(false);
  const hasRoom = useMediaQuery('(min-width: 1280px)', true, { getInitialValueInEffect: false });
  const [unreadSince] = useState(() => seenUntil(number));
  const lastAt = ticket.last_message_at ?? '';
  useEffect(() => markSeen(number, lastAt), [number, lastAt]);
  // A field that must be filled in is in the panel: adjusted while rendering, as React advises.
  if (mustFillIn && !isSideOpen) setSideOpen(true);
  const closeSide = (): void => {
    leadTo(number, []);
    setSideOpen(false);
  };
  useEffect(() => {
    document.title = `#${number} ${ticket.subject}`;
  }, [number, ticket.subject]);
  useShortcut('details', () => (isSideOpen ? closeSide() : setSideOpen(true)), !hasRoom);
  useShortcut(
    'postpone',
    () => setPostponing({ label: '' }),
    ticket.allowed_causes.includes('postponed'),
  );

  return (
    <div className={classes.pane}>
      <main className={classes.main} aria-label={t('ticket.page', { number })}>
        <TicketHeader
          ticket={ticket}
          status={status}
          actions={actions}
          onBack={onBack}
          onDetails={() => setSideOpen(true)}
          onPostpone={(label = '') => setPostponing({ label })}
        />
        <Banners ticket={ticket} actions={actions} />
        <Thread opened={opened} seenUntil={unreadSince} />
        <Composer opened={opened} />
      </main>
      {hasRoom ? (
        <aside className={classes.side} aria-label={t('ticket.details')}>
          <SidePanel ticket={ticket} />
        </aside>
      ) : (
        <Drawer
          opened={isSideOpen}
          onClose={closeSide}
          position="right"
          size={340}
          styles={{ body: { padding: 0 } }}
          title={t('ticket.details')}
        >
          <SidePanel ticket={ticket} />
        </Drawer>
      )}
      <PostponeDialog
        opened={postponing !== null}
        onClose={() => setPostponing(null)}
        onPostpone={(change) =>
          actions.changeLater({
            ...change,
            ...(postponing?.label ? { label_id: postponing.label } : {}),
          })
        }
      />
      <ConflictDialog number={number} />
    </div>
  );
}
