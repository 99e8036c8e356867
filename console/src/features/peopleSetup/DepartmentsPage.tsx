import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import type { Setting } from '../../api/settings';
import type { SetupPageProps } from '../setup/page';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useChoices } from '../setup/useChoices';
import { useSettingForm } from '../setup/useSettingForm';
import { DepartmentForm } from './DepartmentForm';
import { isAnswering } from './Members';

type Department = Setting<'departments'>;

export function DepartmentsPage({ entry }: SetupPageProps) {
  const { t } = useTranslation();
  const mailboxes = useChoices('mailboxes');
  const policies = useChoices('sla-policies');
  const departments = useChoices('departments');
  const { data: agents } = useQuery(settingsQuery(useDesk(), 'agents'));
  const labelOf = (choices: typeof policies, id: string): string =>
    choices.find(({ value }) => value === id)?.label ?? id;
  const isEmpty = ({ id }: Department): boolean =>
    agents?.every(({ setting }) => !isAnswering(setting) || !setting.departments.includes(id)) ??
    false;
  return (
    <SettingPage
      page="departments"
      kind="departments"
      entry={entry}
      words={{
        list: t('peopleSetup.pages.departments.title'),
        none: t('peopleSetup.department.none'),
        noneAdvice: t('peopleSetup.department.noneAdvice'),
        add: t('peopleSetup.department.add'),
      }}
      rowOf={(one) => ({
        title: one.name,
        detail: [
          labelOf(mailboxes, one.mailbox_id),
          one.sla_policy_id
            ? labelOf(policies, one.sla_policy_id)
            : t('peopleSetup.department.noPolicy'),
          one.escalates_to &&
            t('peopleSetup.department.escalatesTo', {
              name: labelOf(departments, one.escalates_to),
            }),
          one.confidential && t('peopleSetup.department.confidential'),
        ]
          .filter(Boolean)
          .join(' · '),
        mark: isEmpty(one)
          ? { words: t('peopleSetup.department.nobody'), tone: 'risk' }
          : undefined,
      })}
      blank={() => ({
        id: '',
        name: '',
        mailbox_id: '',
        sla_policy_id: '',
        escalates_to: '',
        confidential: false,
        calendar_id: '',
        strategy: 'round_robin',
        skill_fallback: 'queue',
        keep_with_last_agent: false,
      })}
      editor={DepartmentEditor}
    />
  );
}

function DepartmentEditor({ stored, onDone }: EditorProps<'departments'>) {
  const { t } = useTranslation();
  const form = useSettingForm({ kind: 'departments', stored, onDone });
  return (
    <SettingFormFrame
      form={form}
      onCancel={onDone}
      removeQuestion={t('peopleSetup.department.sure', { name: stored.setting.name })}
    >
      <DepartmentForm form={form} />
    </SettingFormFrame>
  );
}
