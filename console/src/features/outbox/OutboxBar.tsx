import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutbox, useOutboxState } from './context';
import type { Outgoing } from './outgoing';
import classes from './OutboxBar.module.css';

/** What is about to leave, and the way to stop it. */
export function OutboxBar() {
  const { waiting } = useOutboxState();
  return (
    <div className={classes.stack} role="status">
      {waiting.map((outgoing) => (
        <WaitingCard key={outgoing.id} outgoing={outgoing} />
      ))}
    </div>
  );
}

function WaitingCard({ outgoing }: { outgoing: Outgoing }) {
  const { t } = useTranslation();
  const outbox = useOutbox();
  const seconds = useSecondsLeft(outgoing.goesAt);
  const { number, state } = outgoing;
  const status = outgoing.change?.status;
  const what = outgoing.reply
    ? t(outgoing.reply.then === 'resolve' ? 'outbox.replyAndResolve' : 'outbox.reply', { number })
    : t(`outbox.status.${status ?? 'open'}`, { number });
  return (
    <div className={classes.card}>
      <span className={classes.what}>{what}</span>
      {state === 'waiting' ? (
        <>
          <span className={classes.left} aria-hidden>
            {t('outbox.seconds', { count: seconds })}
          </span>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            onClick={() => void outbox.undo(outgoing.id)}
          >
            {t('outbox.undo')}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => void outbox.goNow(outgoing.id)}>
            {t(outgoing.reply ? 'outbox.sendNow' : 'outbox.doNow')}
          </Button>
        </>
      ) : (
        <span className={classes.left}>
          {t(state === 'going' ? 'outbox.going' : 'outbox.undoing')}
        </span>
      )}
    </div>
  );
}

function useSecondsLeft(goesAt: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((goesAt - now) / 1000));
}
