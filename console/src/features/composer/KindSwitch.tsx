import { IconArrowBackUp, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Draft } from './drafts';
import classes from './Composer.module.css';

interface Props {
  isNote: boolean;
  canReply: boolean;
  onChoose: (kind: Draft['kind']) => void;
}

/** Reply or Note. The text stays when it is switched. */
export function KindSwitch({ isNote, canReply, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.kinds} role="group" aria-label={t('composer.kind')}>
      <button
        type="button"
        className={classes.kind}
        aria-pressed={!isNote}
        disabled={!canReply}
        onClick={() => onChoose('public_reply')}
      >
        <IconArrowBackUp size={15} aria-hidden />
        {t('composer.reply')}
      </button>
      <button
        type="button"
        className={classes.kind}
        data-note
        aria-pressed={isNote}
        onClick={() => onChoose('internal_note')}
      >
        <IconLock size={14} aria-hidden />
        {t('composer.note')}
      </button>
    </div>
  );
}
