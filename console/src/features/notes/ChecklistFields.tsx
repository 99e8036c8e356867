import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Notes.module.css';

interface Props {
  items: readonly string[];
  onChange: (items: string[]) => void;
}

/** The desk keeps no more in one note, and no longer ones. */
const MOST_ITEMS = 50;
const LONGEST_ITEM = 250;

/** One line for each thing to tick off: Enter begins the next one, Backspace takes an empty one away. */
export function ChecklistFields({ items, onChange }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const focus = (index: number): void => {
    requestAnimationFrame(() => box.current?.querySelectorAll('input')[index]?.focus());
  };
  const insert = (index: number): void => {
    if (items.length >= MOST_ITEMS) return;
    onChange([...items.slice(0, index), '', ...items.slice(index)]);
    focus(index);
  };
  const remove = (index: number): void => {
    onChange(items.filter((_, at) => at !== index));
    focus(Math.max(0, index - 1));
  };
  const onKey = (event: KeyboardEvent, index: number): void => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      insert(index + 1);
    } else if (event.key === 'Backspace' && !items[index]) {
      event.preventDefault();
      remove(index);
    }
  };
  return (
    <div ref={box} className={classes.checklist} role="group" aria-label={t('notes.list')}>
      {items.map((item, index) => (
        <div key={index} className={classes.line}>
          <TextInput
            className={classes.itemField}
            size="xs"
            maxLength={LONGEST_ITEM}
            aria-label={t('notes.item', { count: index + 1 })}
            value={item}
            autoFocus={items.length === 1 && !item}
            onChange={(event) => {
              const next = event.currentTarget.value;
              onChange(items.map((one, at) => (at === index ? next : one)));
            }}
            onKeyDown={(event) => onKey(event, index)}
          />
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('notes.removeItem', { count: index + 1 })}
            onClick={() => remove(index)}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {items.length < MOST_ITEMS && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => insert(items.length)}
        >
          {t('notes.addItem')}
        </Button>
      )}
    </div>
  );
}
