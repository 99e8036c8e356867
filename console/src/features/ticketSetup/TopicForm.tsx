import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PRIORITIES } from '../../api/types';
import type { FormProps } from '../setup/formProps';
import classes from '../setup/Setup.module.css';
import { TextsField } from '../setup/TextsField';
import { useChoices } from '../setup/useChoices';
import { useDeskLanguages } from '../setup/useDeskLanguages';

/** What a requester chooses first in the form. */
export function TopicForm({ form }: FormProps<'topics'>) {
  const { value: setting, change, fault: faultOf } = form;
  const { t } = useTranslation();
  const languages = useDeskLanguages();
  const departments = useChoices('departments');
  const types = useChoices('ticket-types');
  return (
    <div className={classes.short}>
      <TextsField
        isFirst
        label={t('ticketSetup.topic.name')}
        name="names"
        texts={setting.names}
        languages={languages}
        onChange={(names) => change({ names })}
        faultOf={faultOf}
      />
      <TextsField
        label={t('ticketSetup.topic.hint')}
        hint={t('ticketSetup.topic.hintHint')}
        name="hints"
        texts={setting.hints}
        languages={languages}
        onChange={(hints) => change({ hints })}
        faultOf={faultOf}
      />
      <Select
        label={t('ticketSetup.topic.department')}
        description={t('ticketSetup.topic.departmentHint')}
        placeholder={t('ticketSetup.topic.choose')}
        data={departments}
        value={setting.department_id || null}
        error={faultOf('department_id')}
        allowDeselect={false}
        onChange={(value) => value && change({ department_id: value })}
      />
      <Select
        label={t('ticketSetup.topic.type')}
        description={t('ticketSetup.topic.typeHint')}
        data={[{ value: '', label: t('ticketSetup.topic.noType') }, ...types]}
        value={setting.type_id}
        error={faultOf('type_id')}
        allowDeselect={false}
        onChange={(value) => change({ type_id: value ?? '' })}
      />
      <Select
        label={t('ticketSetup.topic.priority')}
        data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
        value={setting.priority}
        error={faultOf('priority')}
        allowDeselect={false}
        onChange={(value) => value && change({ priority: value })}
      />
    </div>
  );
}
