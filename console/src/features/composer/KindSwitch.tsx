import { IconArrowBackUp, IconLock, IconPhoneCall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Composer.module.css';

/** What is written: a reply, a note, or what was said with the customer elsewhere. */
export type Kind = 'reply' | 'note' | 'contact';

interface Props {
  kind: Kind;
  canReply: boolean;
  onChoose: (kind: Kind) => void;
}

const NOTES = [
  { kind: 'note', icon: IconLock, size: 14 },
  { kind: 'contact', icon: IconPhoneCall, size: 15 },
] as const;

/** The text stays when the kind is switched. */
export function KindSwitch({ kind, canReply, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.kinds} role="group" aria-label={t('composer.kind')}>
      <button
        type="button"
        className={classes.kind}
        aria-pressed={kind === 'reply'}
        disabled={!canReply}
        onClick={() => onChoose('reply')}
      >
        <IconArrowBackUp size={15} aria-hidden />
        {t('composer.reply')}
      </button>
      {NOTES.map(({ kind: note, icon: Icon, size }) => (
        <button
          key={note}
          type="button"
          className={classes.kind}
          data-note
          aria-pressed={kind === note}
          onClick={() => onChoose(note)}
        >
          <Icon size={size} aria-hidden />
          {t(`composer.${note}`)}
        </button>
      ))}
    </div>
  );
}
