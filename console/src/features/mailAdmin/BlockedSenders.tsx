import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockedSender } from '../../api/adminDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import classes from '../setup/Setup.module.css';
import { Standing } from '../setup/Standing';
import { Sure } from '../setup/Sure';
import { useAction } from '../setup/useAction';

/** Whose mail is kept out: single addresses and whole domains. */
export function BlockedSenders() {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const list = useQuery({ queryKey: keys.blocked, queryFn: () => admin.blockedSenders() });
  const changes = [keys.blocked];
  const unblock = useAction({ act: (sender: BlockedSender) => admin.unblock(sender), changes });
  const senders = [...(list.data ?? [])].sort((a, b) =>
    a.setting.pattern.localeCompare(b.setting.pattern),
  );
  return (
    <>
      <BlockForm />
      <Standing
        isPending={list.isPending}
        error={list.error}
        isEmpty={!senders.length}
        onAgain={() => void list.refetch()}
        empty={{ title: t('mail.blocked.none'), advice: t('mail.blocked.noneAdvice') }}
      >
        <ul className={classes.rows} aria-label={t('mail.pages.blocked.title')}>
          {senders.map((sender) => (
            <li key={sender.setting.id} className={classes.row}>
              <div className={classes.words}>
                <div className={classes.wraps}>{sender.setting.pattern}</div>
                <div className={classes.dim}>
                  {sender.setting.reason ||
                    t(
                      sender.setting.pattern.startsWith('@')
                        ? 'mail.blocked.domain'
                        : 'mail.blocked.address',
                    )}
                </div>
              </div>
              <Sure
                size="compact-sm"
                question={t('mail.blocked.sure', { pattern: sender.setting.pattern })}
                onSure={() => unblock.mutate(sender)}
              >
                {t('mail.blocked.remove')}
              </Sure>
            </li>
          ))}
        </ul>
      </Standing>
    </>
  );
}

function BlockForm() {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const [pattern, setPattern] = useState('');
  const [reason, setReason] = useState('');
  const block = useAction({
    act: (wanted: { pattern: string; reason: string }) =>
      admin.block(wanted.pattern, wanted.reason),
    changes: [keys.blocked],
    done: (wanted) => t('mail.blocked.done', { pattern: wanted.pattern }),
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const wanted = { pattern: pattern.trim(), reason: reason.trim() };
    block.mutate(wanted, {
      onSuccess: () => {
        setPattern('');
        setReason('');
      },
    });
  };
  return (
    <form className={classes.bar} onSubmit={submit}>
      <TextInput
        className={classes.grows}
        label={t('mail.blocked.pattern')}
        placeholder="@example.com"
        value={pattern}
        onChange={(event) => setPattern(event.currentTarget.value)}
      />
      <TextInput
        className={classes.grows}
        label={t('mail.blocked.reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" loading={block.isPending} disabled={!pattern.includes('@')}>
        {t('mail.blocked.add')}
      </Button>
    </form>
  );
}
