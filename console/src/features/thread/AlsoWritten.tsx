import { useTranslation } from 'react-i18next';
import { MAX_PARTICIPANTS, type Ticket } from '../../api/types';
import { useMe } from '../people/useNames';
import { useTicketActions } from '../ticket/useTicketActions';
import classes from './MessageCard.module.css';

/** Whom else the sender wrote to: they take part only when an agent says so. */
export function AlsoWritten({ ticket, addresses }: { ticket: Ticket; addresses: string[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const actions = useTicketActions(ticket.number);
  const { requester, participants } = ticket;
  const known = new Set([requester.email, ...participants].map((one) => one.toLowerCase()));
  const others = addresses.filter((address) => !known.has(address.toLowerCase()));
  const canAdd = me.role !== 'collaborator' && participants.length < MAX_PARTICIPANTS;
  if (!others.length) return null;
  return (
    <div className={classes.also}>
      <span>{t('thread.alsoTo')}</span>
      <ul className={classes.alsoList}>
        {others.map((address) => (
          <li key={address}>
            {address}
            {canAdd && (
              <button
                type="button"
                className={classes.addPerson}
                aria-label={t('side.addPerson', { address })}
                onClick={() => actions.change({ participants: [...participants, address] })}
              >
                {t('side.add')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
