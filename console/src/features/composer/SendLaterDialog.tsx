import { Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { soonTimes } from '../time/presets';
import { TimePicker } from '../time/TimePicker';
import classes from '../time/TimePicker.module.css';

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
  const { t } = useTranslation();
  const [resolves, setResolves] = useState(false);
  return (
    <>
      <p className={classes.lead}>{t('later.lead')}</p>
      <TimePicker
        times={soonTimes}
        verb={t('later.do')}
        onChoose={(at) => onChoose(at, resolves ? 'resolve' : 'stay')}
      />
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
