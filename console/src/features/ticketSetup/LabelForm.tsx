import { Radio, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Status } from '../../api/types';
import type { FormProps } from '../setup/formProps';
import classes from '../setup/Setup.module.css';
import { TextsField } from '../setup/TextsField';
import { useDeskLanguages } from '../setup/useDeskLanguages';

/** In the order of a ticket's life. */
export const LIFE: readonly Status[] = [
  'new',
  'open',
  'answered',
  'postponed',
  'resolved',
  'closed',
  'spam',
  'deleted',
];

/** A name for a status, or for a part of the tickets in it. */
export function LabelForm({ form }: FormProps<'status-labels'>) {
  const { value: setting, change, fault: faultOf } = form;
  const { t } = useTranslation();
  const languages = useDeskLanguages();
  return (
    <div className={classes.short}>
      <TextsField
        isFirst
        label={t('ticketSetup.label.name')}
        name="names"
        texts={setting.names}
        languages={languages}
        onChange={(names) => change({ names })}
        faultOf={faultOf}
      />
      <Select
        label={t('ticketSetup.label.status')}
        description={t('ticketSetup.label.statusHint')}
        placeholder={t('ticketSetup.label.choose')}
        data={LIFE.map((value) => ({ value, label: t(`status.${value}`) }))}
        value={setting.status}
        error={faultOf('status')}
        allowDeselect={false}
        onChange={(value) => value && change({ status: value })}
      />
      <Radio.Group
        label={t('ticketSetup.label.use')}
        value={setting.is_name_of_status ? 'name' : 'part'}
        error={faultOf('is_name_of_status')}
        onChange={(value) => change({ is_name_of_status: value === 'name' })}
      >
        <Stack gap={8} mt={6}>
          {(['part', 'name'] as const).map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`ticketSetup.label.uses.${value}`)}
              description={t(`ticketSetup.label.uses.${value}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </div>
  );
}
