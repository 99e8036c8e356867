import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { QueueState } from '../../api/adminDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import type { Translate } from '../../i18n';
import { Ago } from '../time/Ago';
import classes from '../setup/Setup.module.css';
import { Standing } from '../setup/Standing';
import { useAction } from '../setup/useAction';

const REFRESH_MS = 15_000;

/** Jobs that failed every time, by queue, and the way back for them. */
export function DeadLetters() {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const list = useQuery({
    queryKey: keys.deadLetters,
    queryFn: () => admin.deadLetters(),
    refetchInterval: REFRESH_MS,
  });
  const redrive = useAction({
    act: (queue: string) => admin.redrive(queue),
    changes: [keys.deadLetters],
    done: (queue) => t('mail.dead.done', { queue: queueName(queue, t) }),
  });
  const queues = list.data ?? [];
  return (
    <Standing
      isPending={list.isPending}
      error={list.error}
      isEmpty={!queues.length}
      onAgain={() => void list.refetch()}
      empty={{ title: t('mail.dead.none'), advice: t('mail.dead.noneAdvice') }}
    >
      <ul className={classes.rows} aria-label={t('mail.pages.dead-letters.title')}>
        {queues.map((queue) => (
          <li key={queue.queue} className={classes.row}>
            <div className={classes.words}>
              <div className={classes.wraps}>{queueName(queue.queue, t)}</div>
              <Oldest queue={queue} />
            </div>
            <span className={classes.mark} data-tone={queue.dead ? 'bad' : 'good'}>
              {t('mail.dead.count', { count: queue.dead })}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!queue.dead}
              loading={redrive.isPending && redrive.variables === queue.queue}
              onClick={() => redrive.mutate(queue.queue)}
            >
              {t('mail.dead.redrive')}
            </Button>
          </li>
        ))}
      </ul>
    </Standing>
  );
}

function Oldest({ queue }: { queue: QueueState }) {
  const { t } = useTranslation();
  return (
    <div className={classes.dim}>
      {queue.oldest_dead_at ? (
        <>
          {t('mail.dead.oldest')} <Ago at={queue.oldest_dead_at} />
        </>
      ) : (
        t('mail.dead.waiting', { count: queue.waiting })
      )}
    </div>
  );
}

/** The server may have a queue that the console has no words for. */
function queueName(queue: string, t: Translate): string {
  const translate = t as (key: string, options: { defaultValue: string }) => string;
  return translate(`mail.dead.queues.${queue}`, { defaultValue: queue });
}
