import { useTranslation } from 'react-i18next';
import { textIn } from '../setup/languages';
import type { SetupPageProps } from '../setup/page';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useSettingForm } from '../setup/useSettingForm';
import { blankLabel } from './blank';
import type { StatusLabel } from './kinds';
import { LabelForm } from './LabelForm';

export function LabelsPage({ entry }: SetupPageProps) {
  const { t, i18n } = useTranslation();
  return (
    <SettingPage
      page="status-labels"
      kind="status-labels"
      entry={entry}
      isOrdered
      words={{
        list: t('ticketSetup.pages.status-labels.title'),
        none: t('ticketSetup.label.none'),
        noneAdvice: t('ticketSetup.label.noneAdvice'),
        add: t('ticketSetup.label.add'),
      }}
      rowOf={(label) => {
        const status = t(`status.${label.status}`);
        const key = label.is_name_of_status ? 'renames' : 'standsFor';
        return {
          title: textIn(label.names, i18n.language) || label.id,
          detail: t(`ticketSetup.label.${key}`, { status }),
        };
      }}
      blank={blankLabel}
      editor={LabelEditor}
    />
  );
}

function LabelEditor({ stored, onDone }: EditorProps<'status-labels'>) {
  const { t, i18n } = useTranslation();
  const nameOf = ({ names }: StatusLabel): string => textIn(names, i18n.language);
  const form = useSettingForm({ kind: 'status-labels', stored, nameOf, onDone });
  return (
    <SettingFormFrame
      form={form}
      onCancel={onDone}
      removeQuestion={t('ticketSetup.label.sure', { name: nameOf(stored.setting) })}
    >
      <LabelForm form={form} />
    </SettingFormFrame>
  );
}
