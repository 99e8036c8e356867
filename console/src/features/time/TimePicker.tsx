import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortMoment } from './format';
import { fieldValue, type Preset } from './presets';
import classes from './TimePicker.module.css';
import { useNow } from './useNow';

interface Props {
  /** Which times are offered, as of now. */
  times: (now: Date) => Preset[];
  /** On the button beside the field for a time of one's own. */
  verb: string;
  onChoose: (at: Date) => void;
}

/** A moment to come: one of some near ones by one key, or any other within a year. */
export function TimePicker({ times, verb, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const [own, setOwn] = useState('');
  const ownAt = own ? new Date(own) : null;
  const offered = times(new Date(now));
  const first = offered.find(({ id }) => id === 'tomorrow') ?? offered[0];
  return (
    <>
      <div className={classes.presets}>
        {offered.map(({ id, at }) => {
          const when = shortMoment(at, i18n.language, now);
          return (
            <button
              key={id}
              type="button"
              className={classes.preset}
              data-autofocus={id === first?.id || undefined}
              onClick={() => onChoose(at)}
            >
              <span>{t(`times.presets.${id}`)}</span>{' '}
              <span className={classes.when}>
                {id === 'whenAnswered' ? t('times.atLatest', { when }) : when}
              </span>
            </button>
          );
        })}
      </div>
      <Group align="flex-end" gap="xs">
        <TextInput
          className={classes.own}
          type="datetime-local"
          label={t('times.own')}
          min={fieldValue(new Date(now))}
          max={fieldValue(aYearFrom(now))}
          value={own}
          onChange={(event) => setOwn(event.currentTarget.value)}
        />
        <Button
          disabled={!ownAt || ownAt.getTime() <= now}
          onClick={() => ownAt && onChoose(ownAt)}
        >
          {verb}
        </Button>
      </Group>
    </>
  );
}

function aYearFrom(now: number): Date {
  const at = new Date(now);
  at.setFullYear(at.getFullYear() + 1);
  return at;
}
