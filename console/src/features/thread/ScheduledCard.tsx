import { Button } from '@mantine/core';
import { IconArrowBackUp, IconClockShare, IconPaperclip, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedTicket, ScheduledReply } from '../../api/types';
import { Initials } from '../people/Initials';
import { useMe } from '../people/useNames';
import { exact, shortMoment } from '../time/format';
import { useNow } from '../time/useNow';
import { EditScheduledDialog } from './EditScheduledDialog';
import { linkify } from './linkify';
import classes from './MessageCard.module.css';
import { useScheduled } from './useScheduled';

interface Props {
  opened: OpenedTicket;
  reply: ScheduledReply;
}

/** A reply that waits for its time, at the end of the thread; the customer knows nothing of it. */
export function ScheduledCard({ opened, reply }: Props) {
  const { t } = useTranslation();
  const { agent, held } = reply;
  return (
    <article
      className={classes.card}
      data-kind="public_reply"
      data-pending
      aria-label={t('scheduled.label', { name: agent.name })}
    >
      <header className={classes.header}>
        <Initials name={agent.name} of="agent" size={26} isBesideName />
        <span className={classes.name}>{agent.name}</span>
        <span className={classes.when}>
          <Waits reply={reply} />
        </span>
      </header>
      <div className={classes.body}>
        <div className={classes.text}>{linkify(reply.text)}</div>
        {reply.attachments.length > 0 && (
          <ul className={classes.plainFiles}>
            {reply.attachments.map((file) => (
              <li key={file.id}>
                <IconPaperclip size={13} aria-hidden /> {file.filename}
              </li>
            ))}
          </ul>
        )}
      </div>
      {held && (
        <p className={classes.held} role="status">
          <b>{t(`scheduled.held.${held}.why`)}</b>
          {t(`scheduled.held.${held}.advice`)}
        </p>
      )}
      <Actions opened={opened} reply={reply} />
    </article>
  );
}

function Waits({ reply }: { reply: ScheduledReply }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const at = new Date(reply.send_at);
  const when = shortMoment(at, i18n.language, now);
  const isNow = at.getTime() <= now;
  const text = reply.held
    ? t('scheduled.isHeld')
    : t(isNow ? 'scheduled.leaving' : reply.resolves ? 'scheduled.resolvesAt' : 'scheduled.at', {
        when,
      });
  return (
    <span className={classes.waits} title={exact(reply.send_at, i18n.language)}>
      <IconClockShare size={14} aria-hidden />
      {text}
    </span>
  );
}

/** Its author may touch it, and who leads. */
function Actions({ opened, reply }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { sendNow, takeBack, change, isBusy } = useScheduled(opened, reply);
  const [isEditing, setEditing] = useState(false);
  const mayTouch =
    reply.agent.id === me.id || me.role === 'supervisor' || me.role === 'administrator';
  if (!mayTouch) return null;
  return (
    <div className={classes.actions}>
      <Button size="compact-sm" loading={isBusy} onClick={sendNow}>
        {t(reply.held ? 'scheduled.sendAnyway' : 'outbox.sendNow')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden />}
        disabled={isBusy}
        onClick={() => setEditing(true)}
      >
        {t('scheduled.edit')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconArrowBackUp size={14} aria-hidden />}
        disabled={isBusy}
        title={t('scheduled.takeBackHint')}
        onClick={takeBack}
      >
        {t('scheduled.takeBack')}
      </Button>
      <EditScheduledDialog
        opened={isEditing}
        reply={reply}
        onClose={() => setEditing(false)}
        onSave={(wanted) => {
          setEditing(false);
          change(wanted);
        }}
      />
    </div>
  );
}
