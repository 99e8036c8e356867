import { IconBolt, IconPaperclip } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/answersDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { sayProblem } from '../../app/say';
import { useMe } from '../people/useNames';
import { draftOf, keepDraft } from '../composer/drafts';
import { useTicketActions } from '../ticket/useTicketActions';
import classes from './Answers.module.css';
import { recentAnswers, rememberAnswer } from './recent';
import { fitting, slashAt, withWords, type Slash } from './slash';

interface Options {
  number: number;
  text: string;
  field: RefObject<HTMLTextAreaElement | null>;
}

interface Answers {
  list: ReactNode;
  /** For the field, so that a screen reader follows the choice. */
  props: Record<string, string | undefined>;
  /** To be told where the caret is. */
  look: () => void;
  /** True when the key was for the list. */
  onKey: (event: KeyboardEvent) => boolean;
}

const MOST_SHOWN = 8;
const KEPT_FOR = 60_000;

/** Ready-made words behind a slash: a slash and Enter put in the first, letters narrow them down. */
export function useAnswers({ number, text, field }: Options): Answers {
  const { t } = useTranslation();
  const desk = useDesk();
  const me = useMe();
  const listId = useId();
  const { change } = useTicketActions(number);
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const slash = caret === null ? null : slashAt(text, caret);
  const isSought = slash !== null && slash.from !== leftAt;
  const { data } = useQuery({
    queryKey: keys.answers,
    queryFn: () => desk.answers.list(),
    staleTime: KEPT_FOR,
    // Asked for before the first slash, so that a slash and Enter need not wait.
    enabled: caret !== null,
  });
  const found = isSought
    ? fitting(data ?? [], slash.sought, recentAnswers(me.id)).slice(0, MOST_SHOWN)
    : [];
  const index = Math.min(chosen, found.length - 1);

  const put = async (answer: Answer, at: Slash): Promise<void> => {
    try {
      const made = await desk.answers.insert(number, answer.id);
      rememberAnswer(me.id, answer.id);
      const draft = draftOf(me.id, number);
      const next = withWords(draft.text, at, made.text);
      const files = made.files.map(({ upload, filename, size }) => ({
        upload,
        name: filename,
        size,
      }));
      keepDraft(me.id, number, { ...draft, text: next.text, files: [...draft.files, ...files] });
      if (made.change) change(made.change);
      requestAnimationFrame(() => {
        field.current?.focus();
        field.current?.setSelectionRange(next.caret, next.caret);
      });
    } catch (error) {
      sayProblem(error, t);
    }
  };
  const take = (answer: Answer): void => {
    if (!slash) return;
    setCaret(null);
    void put(answer, slash);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const answer = found[index];
    if (!answer || event.ctrlKey || event.metaKey) return false;
    if (event.key === 'ArrowDown') setChosen((index + 1) % found.length);
    else if (event.key === 'ArrowUp') setChosen((index + found.length - 1) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(answer);
    else if (event.key === 'Escape') setLeftAt(slash?.from ?? null);
    else return false;
    event.preventDefault();
    return true;
  };
  const list = found.length > 0 && (
    <div className={classes.picker}>
      <ul id={listId} role="listbox" aria-label={t('answers.label')} className={classes.list}>
        {found.map((answer, at) => (
          <li
            key={answer.id}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === index}
            className={classes.one}
            onMouseDown={(event) => {
              event.preventDefault();
              take(answer);
            }}
          >
            <span className={classes.title}>
              {answer.title}
              {answer.kind === 'macro' && (
                <IconBolt size={14} aria-label={t('answers.kinds.macro')} />
              )}
              {answer.files.length > 0 && (
                <IconPaperclip size={14} aria-label={t('answers.withFiles')} />
              )}
            </span>
            {answer.folder && <span className={classes.folder}>{answer.folder}</span>}
            <span className={classes.text}>{answer.text}</span>
          </li>
        ))}
      </ul>
      <Link to="/setup/$page" params={{ page: 'answers' }} className={classes.edit}>
        {t('answers.edit')}
      </Link>
    </div>
  );
  const active = found[index];
  return {
    list,
    look: () => {
      setCaret(field.current?.selectionStart ?? null);
      setChosen(0);
    },
    onKey,
    props: active ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${index}` } : {},
  };
}
