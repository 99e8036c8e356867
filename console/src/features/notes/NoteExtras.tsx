import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconBell, IconChecklist, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../composer/drafts';
import { shortMoment } from '../time/format';
import { soonTimes } from '../time/presets';
import { TimePicker } from '../time/TimePicker';
import { useNow } from '../time/useNow';
import { ChecklistFields } from './ChecklistFields';
import classes from './Notes.module.css';

interface Props {
  draft: Draft;
  onChange: (change: Pick<Draft, 'items' | 'remindAt'>) => void;
}

/** What a note can have besides its words, while it is written. */
export function NoteExtras({ draft, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const [isChoosing, setChoosing] = useState(false);
  const { items = [], remindAt = null } = draft;
  return (
    <>
      {items.length > 0 && (
        <ChecklistFields items={items} onChange={(next) => onChange({ items: next })} />
      )}
      <div className={classes.extras}>
        {!items.length && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconChecklist size={14} aria-hidden />}
            onClick={() => onChange({ items: [''] })}
          >
            {t('notes.addList')}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconBell size={14} aria-hidden />}
          onClick={() => setChoosing(true)}
        >
          {remindAt
            ? t('notes.remindsAt', { when: shortMoment(new Date(remindAt), i18n.language, now) })
            : t('notes.remind')}
        </Button>
        {remindAt && (
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={t('notes.noReminder')}
            onClick={() => onChange({ remindAt: null })}
          >
            <IconX size={13} aria-hidden />
          </ActionIcon>
        )}
        <span className={classes.hint}>{t('notes.mentionHint')}</span>
      </div>
      <Modal
        opened={isChoosing}
        onClose={() => setChoosing(false)}
        title={t('notes.remindTitle')}
        size="md"
      >
        <TimePicker
          times={soonTimes}
          verb={t('notes.remindDo')}
          onChoose={(at) => {
            setChoosing(false);
            onChange({ remindAt: at.toISOString() });
          }}
        />
      </Modal>
    </>
  );
}
