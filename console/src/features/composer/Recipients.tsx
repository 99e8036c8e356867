import { IconLock, IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../../api/types';
import classes from './Composer.module.css';

/** Who will read it: always in sight, all of them by one click. */
export function Recipients({ ticket, isNote }: { ticket: Ticket; isNote: boolean }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (isNote) {
    return (
      <div className={classes.recipients} data-note>
        <IconLock size={14} aria-hidden />
        {t('composer.noteReaders')}
      </div>
    );
  }
  const { requester, participants } = ticket;
  const others = participants.filter((address) => address !== requester.email);
  return (
    <div className={classes.recipients}>
      <IconMail size={14} aria-hidden />
      <span>
        {t('composer.to')} <b>{requester.name}</b>{' '}
        <span className={classes.address}>{requester.email}</span>
        {isOpen && others.map((address) => <span key={address}>, {address}</span>)}
      </span>
      {others.length > 0 && !isOpen && (
        <button type="button" className={classes.others} onClick={() => setOpen(true)}>
          {t('composer.andOthers', { count: others.length })}
        </button>
      )}
    </div>
  );
}
