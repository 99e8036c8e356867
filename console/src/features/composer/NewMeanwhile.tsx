import { IconMessageExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedTicket } from '../../api/types';
import { useMe } from '../people/useNames';
import classes from './Composer.module.css';

/** Somebody wrote while this agent writes: told quietly over the text. */
export function NewMeanwhile({ opened, isWriting }: { opened: OpenedTicket; isWriting: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const messages = opened.entries.filter((entry) => entry.type === 'message');
  const last = messages.at(-1);
  const [startedAt, setStartedAt] = useState<string | null>(null);
  const lastId = last?.id ?? '';
  // What was last when the writing began; adjusting state while rendering, as React advises.
  if (isWriting && startedAt === null) setStartedAt(lastId);
  if (!isWriting && startedAt !== null) setStartedAt(null);
  const isNew = isWriting && startedAt !== null && startedAt !== lastId;
  if (!isNew || !last || last.author.id === me.id) return null;
  return (
    <div className={classes.meanwhile} role="status">
      <IconMessageExclamation size={15} aria-hidden />
      {t('composer.newMeanwhile', { name: last.author.name })}
    </div>
  );
}
