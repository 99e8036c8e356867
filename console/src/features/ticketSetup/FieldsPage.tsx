import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import { textIn } from '../setup/languages';
import type { SetupPageProps } from '../setup/page';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useDeskLanguages } from '../setup/useDeskLanguages';
import { useSettingForm } from '../setup/useSettingForm';
import { blankField } from './blank';
import { FieldForm } from './FieldForm';
import { FormPreview } from './FormPreview';
import type { TicketField } from './kinds';
import classes from './TypeForm.module.css';

export function FieldsPage({ entry }: SetupPageProps) {
  const { t, i18n } = useTranslation();
  const { data: types = [] } = useQuery(settingsQuery(useDesk(), 'ticket-types'));
  const usersOf = (field: TicketField): string =>
    types
      .filter(({ setting }) => setting.fields.some((use) => use.field_id === field.id))
      .map(({ setting }) => textIn(setting.names, i18n.language) || setting.id)
      .join(', ') || t('ticketSetup.field.unused');
  return (
    <SettingPage
      page="fields"
      kind="fields"
      entry={entry}
      words={{
        list: t('ticketSetup.pages.fields.title'),
        none: t('ticketSetup.field.none'),
        noneAdvice: t('ticketSetup.field.noneAdvice'),
        add: t('ticketSetup.field.add'),
      }}
      rowOf={(field) => ({
        title: textIn(field.names, i18n.language) || field.id,
        detail: `${t(`ticketSetup.kinds.${field.kind}.name`)} · ${usersOf(field)}`,
      })}
      blank={blankField}
      editor={FieldEditor}
    />
  );
}

function FieldEditor({ stored, onDone }: EditorProps<'fields'>) {
  const { t, i18n } = useTranslation();
  const languages = useDeskLanguages();
  const nameOf = ({ names }: TicketField): string => textIn(names, i18n.language);
  const form = useSettingForm({ kind: 'fields', stored, nameOf, onDone });
  const use = { field_id: form.value.id, required: 'never' as const, on_form: true };
  return (
    <SettingFormFrame
      form={form}
      onCancel={onDone}
      removeQuestion={t('ticketSetup.field.sure', { name: nameOf(stored.setting) })}
    >
      <div className={classes.sides}>
        <div className={classes.fields}>
          <FieldForm form={form} fixed={stored.setting.choices.map((one) => one.id)} />
        </div>
        <div>
          <h2 className={classes.heading}>{t('ticketSetup.preview.title')}</h2>
          <FormPreview uses={[use]} fields={[form.value]} languages={languages} />
        </div>
      </div>
    </SettingFormFrame>
  );
}
