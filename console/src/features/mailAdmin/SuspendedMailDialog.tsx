import { Button, Group, Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SuspendedMail, SuspendedMailDetail } from '../../api/adminDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { problemText } from '../../app/say';
import { exact } from '../time/format';
import { Confirmation } from './Confirmation';
import classes from '../setup/Setup.module.css';
import { Sure } from '../setup/Sure';
import { useAction } from '../setup/useAction';

interface Props {
  /** None is open. */
  mail: SuspendedMail | null;
  onClose: () => void;
}

/** One mail that was kept out: why, what it says, and what to do with it. */
export function SuspendedMailDialog({ mail, onClose }: Props) {
  const { t } = useTranslation();
  const title = mail?.subject || t('mail.suspended.noSubject');
  return (
    <Modal opened={mail !== null} onClose={onClose} size="xl" title={title}>
      {mail && <Opened mail={mail} onClose={onClose} />}
    </Modal>
  );
}

function Opened({ mail, onClose }: { mail: SuspendedMail; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { admin } = useDesk();
  const { data, error } = useQuery({
    queryKey: keys.suspendedMail(mail.id),
    queryFn: () => admin.suspendedMail(mail.id),
  });
  return (
    <>
      <p className={classes.wraps}>{t(`mail.reasons.${mail.reason}.name`)}</p>
      <p className={classes.lead}>{t(`mail.reasons.${mail.reason}.words`)}</p>
      <dl className={classes.facts}>
        <dt>{t('mail.suspended.from')}</dt>
        <dd>{mail.from_address || t('mail.suspended.noSender')}</dd>
        <dt>{t('mail.suspended.at')}</dt>
        <dd>{exact(mail.received_at, i18n.language)}</dd>
        {data && <Envelope mail={data} />}
      </dl>
      {data && <Confirmation mail={data} />}
      {error ? (
        <p role="alert">{problemText(error, t)}</p>
      ) : data ? (
        <div className={classes.text} tabIndex={0} aria-label={t('mail.suspended.text')}>
          {data.text || t('mail.suspended.noText')}
        </div>
      ) : (
        <Skeleton height={120} my="sm" aria-busy />
      )}
      <Actions mail={mail} onClose={onClose} />
    </>
  );
}

function Envelope({ mail }: { mail: SuspendedMailDetail }) {
  const { t } = useTranslation();
  const found = Object.entries(mail.verdicts);
  return (
    <>
      {mail.recipients.length > 0 && (
        <>
          <dt>{t('mail.suspended.to')}</dt>
          <dd>{mail.recipients.join(', ')}</dd>
        </>
      )}
      {found.length > 0 && (
        <>
          <dt>{t('mail.suspended.checks')}</dt>
          <dd className={classes.marks}>
            {found.map(([name, verdict]) => (
              <span
                key={name}
                className={classes.mark}
                data-tone={verdict === 'PASS' ? 'good' : verdict === 'FAIL' ? 'bad' : undefined}
              >
                {name.toUpperCase()}: {t(`mail.verdicts.${verdict}`)}
              </span>
            ))}
          </dd>
        </>
      )}
      {mail.detail && (
        <>
          <dt>{t('mail.suspended.detail')}</dt>
          <dd>{mail.detail}</dd>
        </>
      )}
    </>
  );
}

function Actions({ mail, onClose }: { mail: SuspendedMail; onClose: () => void }) {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const changes = [keys.suspended];
  const letIn = useAction({
    act: (id: string) => admin.letIn(id),
    changes,
    done: () => t('mail.suspended.letInDone'),
  });
  const throwAway = useAction({
    act: (id: string) => admin.throwAway(id),
    changes,
    done: () => t('mail.suspended.thrownAway'),
  });
  const block = useAction({
    act: (pattern: string) => admin.block(pattern, mail.subject),
    changes: [keys.blocked],
    done: (pattern) => t('mail.blocked.done', { pattern }),
  });
  const then = { onSuccess: onClose };
  return (
    <Group justify="flex-end" gap="xs" mt="md">
      {mail.from_address && mail.reason !== 'blocked' && (
        <Button
          variant="default"
          loading={block.isPending}
          onClick={() => block.mutate(mail.from_address)}
        >
          {t('mail.suspended.block')}
        </Button>
      )}
      <Sure question={t('mail.suspended.sure')} onSure={() => throwAway.mutate(mail.id, then)}>
        {t('mail.suspended.throwAway')}
      </Sure>
      <Button loading={letIn.isPending} onClick={() => letIn.mutate(mail.id, then)}>
        {t('mail.suspended.letIn')}
      </Button>
    </Group>
  );
}
