import { Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SuspendedMail, SuspensionReason } from '../../api/adminDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { fileSize } from '../thread/fileSize';
import { Ago } from '../time/Ago';
import classes from '../setup/Setup.module.css';
import { MoreButton } from '../setup/MoreButton';
import { REASONS, TONES } from './reasons';
import { Standing } from '../setup/Standing';
import { SuspendedMailDialog } from './SuspendedMailDialog';

/** Mail that was kept out, newest first; one is opened to decide on it. */
export function SuspendedMails() {
  const { t } = useTranslation();
  const [reason, setReason] = useState<SuspensionReason | null>(null);
  const [opened, setOpened] = useState<SuspendedMail | null>(null);
  const list = useSuspended();
  const all = (list.data?.pages ?? []).flatMap((page) => page.mails);
  const shown = all.filter((mail) => !reason || mail.reason === reason);
  return (
    <>
      <Select
        className={classes.grows}
        label={t('mail.suspended.filter')}
        placeholder={t('mail.suspended.all')}
        clearable
        data={REASONS.map((value) => ({ value, label: t(`mail.reasons.${value}.name`) }))}
        value={reason}
        onChange={(value) => setReason(REASONS.find((one) => one === value) ?? null)}
      />
      <Standing
        isPending={list.isPending}
        error={list.error}
        isEmpty={!shown.length}
        onAgain={() => void list.refetch()}
        empty={
          reason
            ? {
                title: t('mail.suspended.noneOfReason'),
                advice: t(
                  list.hasNextPage ? 'mail.suspended.lookFurther' : 'mail.suspended.clearFilter',
                ),
              }
            : { title: t('mail.suspended.none'), advice: t('mail.suspended.noneAdvice') }
        }
      >
        <ul className={classes.rows} aria-label={t('mail.pages.suspended.title')}>
          {shown.map((mail) => (
            <li key={mail.id}>
              <Row mail={mail} onOpen={() => setOpened(mail)} />
            </li>
          ))}
        </ul>
      </Standing>
      <MoreButton list={list} />
      <SuspendedMailDialog mail={opened} onClose={() => setOpened(null)} />
    </>
  );
}

export function useSuspended() {
  const { admin } = useDesk();
  return useInfiniteQuery({
    queryKey: keys.suspended,
    queryFn: ({ pageParam }) => admin.suspendedMails(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  });
}

function Row({ mail, onOpen }: { mail: SuspendedMail; onOpen: () => void }) {
  const { t, i18n } = useTranslation();
  return (
    <button type="button" className={classes.opens} onClick={onOpen}>
      <span className={classes.main}>{mail.subject || t('mail.suspended.noSubject')}</span>
      <span className={classes.aside}>
        <Ago at={mail.received_at} />
      </span>
      <span className={classes.dim}>{mail.from_address || t('mail.suspended.noSender')}</span>
      <span className={classes.aside}>
        <span className={classes.mark} data-tone={TONES[mail.reason]}>
          {t(`mail.reasons.${mail.reason}.name`)}
        </span>{' '}
        {fileSize(mail.size, i18n.language)}
      </span>
    </button>
  );
}
