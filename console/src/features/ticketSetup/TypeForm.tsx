import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import type { FormProps } from '../setup/formProps';
import page from '../setup/Setup.module.css';
import { TextsField } from '../setup/TextsField';
import { useChoices } from '../setup/useChoices';
import { useDeskLanguages } from '../setup/useDeskLanguages';
import { FieldDialog } from './FieldDialog';
import { FieldUses } from './FieldUses';
import { FormPreview } from './FormPreview';
import classes from './TypeForm.module.css';

/** A type of tickets: where it can be chosen and what its form asks for. */
export function TypeForm({ form }: FormProps<'ticket-types'>) {
  const { value: setting, change, fault: faultOf } = form;
  const { t } = useTranslation();
  const languages = useDeskLanguages();
  const departments = useChoices('departments');
  const { data } = useQuery(settingsQuery(useDesk(), 'fields'));
  const [isMaking, setMaking] = useState(false);
  const fields = (data ?? []).map((one) => one.setting);
  return (
    <>
      <div className={page.short}>
        <TextsField
          isFirst
          label={t('ticketSetup.type.name')}
          name="names"
          texts={setting.names}
          languages={languages}
          onChange={(names) => change({ names })}
          faultOf={faultOf}
        />
        <MultiSelect
          label={t('ticketSetup.type.departments')}
          description={t('ticketSetup.type.departmentsHint')}
          placeholder={setting.departments.length ? '' : t('ticketSetup.type.everywhere')}
          data={departments}
          value={setting.departments}
          error={faultOf('departments')}
          onChange={(value) => change({ departments: value })}
        />
      </div>
      <div className={classes.sides}>
        <FieldUses
          uses={setting.fields}
          fields={fields}
          onChange={(uses) => change({ fields: uses })}
          onNewField={() => setMaking(true)}
          fault={faultOf('fields')}
        />
        <div>
          <h2 className={classes.heading}>{t('ticketSetup.preview.title')}</h2>
          <FormPreview uses={setting.fields} fields={fields} languages={languages} />
        </div>
      </div>
      <FieldDialog
        opened={isMaking}
        onClose={() => setMaking(false)}
        onMade={(field) => {
          const use = { field_id: field.id, required: 'never' as const, on_form: true };
          change({ fields: [...setting.fields, use] });
        }}
      />
    </>
  );
}
