import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldGroup } from '../setup/FieldGroup';
import { freeId } from '../setup/freeId';
import {
  askedIn,
  LANGUAGE_NAMES,
  textIn,
  withText,
  type ServerLanguage,
  type Texts,
} from '../setup/languages';
import { moved, OrderButtons } from '../setup/OrderButtons';
import classes from './ChoicesField.module.css';
import type { Choice } from './kinds';

interface Props {
  choices: readonly Choice[];
  /** Ids that tickets may have already; the others follow the name until they are saved. */
  fixed: readonly string[];
  /** Whether the field works without any. */
  isFree: boolean;
  languages: readonly ServerLanguage[];
  onChange: (choices: Choice[]) => void;
  faultOf: (field: string) => string | undefined;
}

/** The values of a list, in order, each once for every language of the desk. */
export function ChoicesField({ choices, fixed, isFree, languages, onChange, faultOf }: Props) {
  const { t, i18n } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const isAdding = useRef(false);
  const rows = useRowKeys(choices.length);
  const asked = choices.reduce((known, one) => askedIn(known, one.names), [...languages]);
  useEffect(() => {
    if (!isAdding.current) return;
    isAdding.current = false;
    list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus();
  }, [choices.length]);
  const add = (): void => {
    isAdding.current = true;
    rows.add();
    onChange([...choices, { id: freeId('', [...fixed, ...idsOf(choices)]), names: {} }]);
  };
  const rename = (place: number, names: Texts): void => {
    const others = choices.filter((_, other) => other !== place);
    const idFor = (one: Choice): string =>
      fixed.includes(one.id)
        ? one.id
        : freeId(textIn(names, languages[0] ?? 'en'), [...fixed, ...idsOf(others)]);
    onChange(choices.map((one, at) => (at === place ? { id: idFor(one), names } : one)));
  };
  const move = (from: number, to: number): void => {
    rows.move(from, to);
    onChange(moved(choices, from, to));
  };
  const remove = (place: number): void => {
    rows.remove(place);
    onChange(choices.toSpliced(place, 1));
  };
  return (
    <FieldGroup
      legend={t('ticketSetup.choices.label')}
      hint={t(isFree ? 'ticketSetup.choices.freeHint' : 'ticketSetup.choices.hint')}
      fault={faultOf('choices')}
    >
      <ol ref={list} className={classes.list}>
        {choices.map((choice, place) => {
          const name = textIn(choice.names, i18n.language) || t('ticketSetup.choices.unnamed');
          return (
            <li key={rows.keys[place]} className={classes.row}>
              <div className={classes.names}>
                {asked.map((language) => (
                  <TextInput
                    key={language}
                    size="xs"
                    aria-label={t('ticketSetup.choices.nameIn', {
                      place: place + 1,
                      language: LANGUAGE_NAMES[language],
                    })}
                    placeholder={asked.length > 1 ? LANGUAGE_NAMES[language] : ''}
                    maxLength={120}
                    value={choice.names[language] ?? ''}
                    error={Boolean(faultOf(`choices.${place}.names`))}
                    onChange={(event) =>
                      rename(place, withText(choice.names, language, event.currentTarget.value))
                    }
                  />
                ))}
              </div>
              <OrderButtons
                name={name}
                place={place}
                count={choices.length}
                onMove={(to) => move(place, to)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                aria-label={t('ticketSetup.choices.remove', { name })}
                onClick={() => remove(place)}
              >
                <IconX size={15} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ol>
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
        >
          {t('ticketSetup.choices.add')}
        </Button>
      </div>
    </FieldGroup>
  );
}

function idsOf(choices: readonly Choice[]): string[] {
  return choices.map((one) => one.id);
}

/** What tells the rows apart while they are edited: the ids of new ones follow what is typed. */
function useRowKeys(count: number) {
  const [known, setKeys] = useState<number[]>(() => [...Array(count).keys()]);
  const keys = known.length === count ? known : [...Array(count).keys()];
  return {
    keys,
    add: () => setKeys([...keys, Math.max(-1, ...keys) + 1]),
    move: (from: number, to: number) => setKeys(moved(keys, from, to)),
    remove: (place: number) => setKeys(keys.toSpliced(place, 1)),
  };
}
