import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketChange } from '../../api/types';
import { postponeTimes } from '../time/presets';
import { TimePicker } from '../time/TimePicker';
import classes from '../time/TimePicker.module.css';

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
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const postpone = (at: Date): void =>
    onPostpone({
      status: 'postponed',
      postponed_until: at.toISOString(),
      ...(reason.trim() ? { postponed_reason: reason.trim() } : {}),
    });
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
      <TimePicker times={postponeTimes} verb={t('postpone.do')} onChoose={postpone} />
    </>
  );
}
