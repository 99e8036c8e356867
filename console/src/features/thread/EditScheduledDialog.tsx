import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScheduledReply, ScheduledReplyChange } from '../../api/types';
import { fieldValue } from '../time/presets';
import { useNow } from '../time/useNow';

interface Props {
  opened: boolean;
  reply: ScheduledReply;
  onClose: () => void;
  onSave: (change: Omit<ScheduledReplyChange, 'version'>) => void;
}

export function EditScheduledDialog({ opened, onClose, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t('scheduled.editTitle')}>
      <EditForm onClose={onClose} {...form} />
    </Modal>
  );
}

function EditForm({ reply, onClose, onSave }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const now = useNow();
  const [text, setText] = useState(reply.text);
  const shownAt = fieldValue(new Date(reply.send_at));
  const [at, setAt] = useState(reply.held ? '' : shownAt);
  const isPast = at !== '' && new Date(at).getTime() <= now;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const isMoved = at !== '' && (at !== shownAt || reply.held);
    onSave({
      ...(text === reply.text ? {} : { text }),
      ...(isMoved ? { send_at: new Date(at).toISOString() } : {}),
    });
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        data-autofocus
        autosize
        minRows={5}
        maxRows={14}
        label={t('scheduled.text')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput
        mt="sm"
        type="datetime-local"
        label={t('scheduled.time')}
        min={fieldValue(new Date(now))}
        value={at}
        error={isPast && at !== shownAt ? t('scheduled.past') : null}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('newTicket.cancel')}
        </Button>
        <Button type="submit" disabled={!text.trim() || (isPast && at !== shownAt)}>
          {t('scheduled.save')}
        </Button>
      </Group>
    </form>
  );
}
