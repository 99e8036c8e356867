import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleDot,
  IconCircleOff,
  IconClockPause,
  IconMessageReply,
  IconSquareCheck,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Status } from '../../api/types';
import classes from './status.module.css';

const ICONS: Record<Status, typeof IconCircleDot> = {
  new: IconCircleDashed,
  open: IconCircleDot,
  answered: IconMessageReply,
  postponed: IconClockPause,
  resolved: IconCircleCheck,
  closed: IconSquareCheck,
  spam: IconCircleOff,
  deleted: IconTrash,
};

/** A status by shape, word and colour. */
export function StatusMark({ status }: { status: Status }) {
  const { t } = useTranslation();
  const Icon = ICONS[status];
  return (
    <span className={classes.mark} data-status={status}>
      <Icon size={16} stroke={2} aria-hidden />
      <span className={classes.word}>{t(`status.${status}`)}</span>
    </span>
  );
}
