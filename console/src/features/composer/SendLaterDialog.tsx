import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../ticket/PostponeDialog.module.css';
import { fieldValue } from '../ticket/postponeTimes';
import { shortMoment } from '../time/format';
import { useNow } from '../time/useNow';
import { laterTimes } from './laterTimes';

interface Props {
  opened: boolean;
  canResolve: boolean;
  onClose: () => void;
  onChoose: (at: Date, then: 'stay' | 'resolve') => void;
}

export function SendLaterDialog({ opened, onClose, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('later.title')} size="md">
      <SendLaterForm {...form} />
    </Modal>
  );
}

function SendLaterForm({ canResolve, onChoose }: Pick<Props, 'canResolve' | 'onChoose'>) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const [own, setOwn] = useState('');
  const [resolves, setResolves] = useState(false);
  const choose = (at: Date): void => onChoose(at, resolves ? 'resolve' : 'stay');
  const ownAt = own ? new Date(own) : null;
  return (
    <>
      <p className={classes.lead}>{t('later.lead')}</p>
      <div className={classes.presets}>
        {laterTimes(new Date(now)).map(({ id, at }, index) => (
          <button
            key={id}
            type="button"
            className={classes.preset}
            data-autofocus={index === 0 || undefined}
            onClick={() => choose(at)}
          >
            <span>{t(`postpone.presets.${id}`)}</span>
            <span className={classes.when}>{shortMoment(at, i18n.language, now)}</span>
          </button>
        ))}
      </div>
      <Group align="flex-end" gap="xs">
        <TextInput
          className={classes.own}
          type="datetime-local"
          label={t('later.own')}
          min={fieldValue(new Date(now))}
          max={fieldValue(aYearFrom(now))}
          value={own}
          onChange={(event) => setOwn(event.currentTarget.value)}
        />
        <Button disabled={!ownAt || ownAt.getTime() <= now} onClick={() => ownAt && choose(ownAt)}>
          {t('later.do')}
        </Button>
      </Group>
      {canResolve && (
        <Checkbox
          mt="md"
          label={t('later.resolves')}
          checked={resolves}
          onChange={(event) => setResolves(event.currentTarget.checked)}
        />
      )}
    </>
  );
}

function aYearFrom(now: number): Date {
  const at = new Date(now);
  at.setFullYear(at.getFullYear() + 1);
  return at;
}
