import { Button } from '@mantine/core';
import { IconLock, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../../api/types';
import { exact } from '../time/format';
import classes from './Banners.module.css';
import type { TicketActions } from './useTicketActions';

interface Props {
  ticket: Ticket;
  actions: TicketActions;
}

/** What must not be overlooked about a ticket. */
export function Banners({ ticket, actions }: Props) {
  const { t, i18n } = useTranslation();
  const canRestore = ticket.allowed_causes.includes('restored');
  return (
    <>
      {ticket.internal && (
        <p className={classes.banner} data-kind="internal">
          <IconLock size={16} aria-hidden />
          <span>
            <b>{t('internal.title')}</b> {t('internal.words')}
          </span>
        </p>
      )}
      {ticket.gone_at && (
        <p className={classes.banner} data-kind="gone">
          <IconTrash size={16} aria-hidden />
          <span>
            {t(ticket.status === 'spam' ? 'gone.spam' : 'gone.deleted', {
              until: exact(ticket.gone_at, i18n.language),
            })}
          </span>
          {canRestore && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => actions.change({ status: 'restored' })}
            >
              {t('ticket.do.restored')}
            </Button>
          )}
        </p>
      )}
    </>
  );
}
