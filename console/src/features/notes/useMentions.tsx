import { useId, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Initials } from '../people/Initials';
import { useMe } from '../people/useNames';
import { callable, mentionAt, withMention } from './mention';
import classes from './Notes.module.css';

interface Options {
  isOn: boolean;
  department: string;
  text: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onText: (text: string) => void;
}

interface Mentions {
  list: ReactNode;
  /** For the field, so that a screen reader follows the choice. */
  props: Record<string, string | undefined>;
  /** To be told where the caret is. */
  look: () => void;
  /** True when the key was for the list. */
  onKey: (event: KeyboardEvent) => boolean;
}

const MOST_SHOWN = 6;

/** Colleagues behind an @ in a note: arrows choose, Enter or Tab takes, Escape leaves it as it is. */
export function useMentions({ isOn, department, text, field, onText }: Options): Mentions {
  const { t } = useTranslation();
  const me = useMe();
  const listId = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const mention = isOn && caret !== null ? mentionAt(text, caret) : null;
  const isSought = mention !== null && mention.from !== leftAt;
  const found = isSought ? callable(me, department, mention.sought).slice(0, MOST_SHOWN) : [];
  const index = Math.min(chosen, found.length - 1);
  const look = (): void => {
    setCaret(field.current?.selectionStart ?? null);
    setChosen(0);
  };
  const take = (id: string): void => {
    if (!mention) return;
    const next = withMention(text, mention, id);
    onText(next.text);
    setCaret(null);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const person = found[index];
    if (!person || event.ctrlKey || event.metaKey) return false;
    if (event.key === 'ArrowDown') setChosen((index + 1) % found.length);
    else if (event.key === 'ArrowUp') setChosen((index + found.length - 1) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(person.id);
    else if (event.key === 'Escape') setLeftAt(mention?.from ?? null);
    else return false;
    event.preventDefault();
    return true;
  };
  const list = found.length > 0 && (
    <ul id={listId} role="listbox" aria-label={t('notes.colleagues')} className={classes.people}>
      {found.map(({ id, name }, at) => (
        <li
          key={id}
          id={`${listId}-${id}`}
          role="option"
          aria-selected={at === index}
          className={classes.person}
          onMouseDown={(event) => {
            event.preventDefault();
            take(id);
          }}
        >
          <Initials name={name} of="agent" size={20} isBesideName />
          {name}
          <span className={classes.id}>@{id}</span>
        </li>
      ))}
    </ul>
  );
  const active = found[index];
  const props = {
    'aria-autocomplete': isOn ? 'list' : undefined,
    'aria-controls': active ? listId : undefined,
    'aria-activedescendant': active ? `${listId}-${active.id}` : undefined,
  };
  return { list, props, look, onKey };
}
