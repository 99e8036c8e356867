import { useTranslation } from 'react-i18next';
import type { SetupPageProps } from '../setup/page';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useSettingForm } from '../setup/useSettingForm';
import { OrganisationForm } from './OrganisationForm';

export function OrganisationsPage({ entry }: SetupPageProps) {
  const { t } = useTranslation();
  return (
    <SettingPage
      page="organisations"
      kind="organisations"
      entry={entry}
      words={{
        list: t('peopleSetup.pages.organisations.title'),
        none: t('peopleSetup.organisation.none'),
        noneAdvice: t('peopleSetup.organisation.noneAdvice'),
        add: t('peopleSetup.organisation.add'),
      }}
      rowOf={(one) => ({ title: one.name, detail: one.domains.join(', ') })}
      blank={() => ({ id: '', name: '', domains: [] })}
      editor={OrganisationEditor}
    />
  );
}

function OrganisationEditor({ stored, onDone }: EditorProps<'organisations'>) {
  const { t } = useTranslation();
  const form = useSettingForm({ kind: 'organisations', stored, onDone });
  return (
    <SettingFormFrame
      form={form}
      onCancel={onDone}
      removeQuestion={t('peopleSetup.organisation.sure', { name: stored.setting.name })}
    >
      <OrganisationForm form={form} />
    </SettingFormFrame>
  );
}
