import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketChange } from '../../api/types';
import { shortMoment } from '../time/format';
import { useNow } from '../time/useNow';
import classes from './PostponeDialog.module.css';
import { fieldValue, postponeTimes } from './postponeTimes';

interface Props {
  opened: boolean;
  onClose: () => void;
  onPostpone: (change: TicketChange) => void;
}

export function PostponeDialog({ opened, onClose, onPostpone }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('postpone.title')} size="md">
      <PostponeForm
        onPostpone={(change) => {
          onClose();
          onPostpone(change);
        }}
      />
    </Modal>
  );
}

function PostponeForm({ onPostpone }: Pick<Props, 'onPostpone'>) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const [reason, setReason] = useState('');
  const [own, setOwn] = useState('');
  const postpone = (at: Date): void =>
    onPostpone({
      status: 'postponed',
      postponed_until: at.toISOString(),
      ...(reason.trim() ? { postponed_reason: reason.trim() } : {}),
    });
  const ownAt = own ? new Date(own) : null;
  return (
    <>
      <p className={classes.lead}>{t('postpone.lead')}</p>
      <TextInput
        label={t('postpone.reason')}
        placeholder={t('postpone.reasonPlaceholder')}
        maxLength={250}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.presets}>
        {postponeTimes(new Date(now)).map(({ id, at }) => (
          <button
            key={id}
            type="button"
            className={classes.preset}
            data-autofocus={id === 'tomorrow' || undefined}
            onClick={() => postpone(at)}
          >
            <span>{t(`postpone.presets.${id}`)}</span>
            <span className={classes.when}>{shortMoment(at, i18n.language, now)}</span>
          </button>
        ))}
      </div>
      <Group align="flex-end" gap="xs">
        <TextInput
          className={classes.own}
          type="datetime-local"
          label={t('postpone.own')}
          min={fieldValue(new Date(now))}
          value={own}
          onChange={(event) => setOwn(event.currentTarget.value)}
        />
        <Button
          disabled={!ownAt || ownAt.getTime() <= now}
          onClick={() => ownAt && postpone(ownAt)}
        >
          {t('postpone.do')}
        </Button>
      </Group>
    </>
  );
}
