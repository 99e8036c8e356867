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
import type { Status } from '../../api/types';
import { useWords } from '../words/useWords';
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

/** A status by shape, word and colour; the word is the label's where the ticket has one. */
export function StatusMark({ status, label = '' }: { status: Status; label?: string }) {
  return <StatusWord status={status} word={useWords().status(status, label)} />;
}

/** The same where the word is known already: in the rows of a list. */
export function StatusWord({ status, word }: { status: Status; word: string }) {
  const Icon = ICONS[status];
  return (
    <span className={classes.mark} data-status={status}>
      <Icon size={16} stroke={2} aria-hidden />
      <span className={classes.word}>{word}</span>
    </span>
  );
}
