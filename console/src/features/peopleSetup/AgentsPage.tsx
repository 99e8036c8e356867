import { useTranslation } from 'react-i18next';
import type { Setting } from '../../api/settings';
import { languageFor, serverLanguage } from '../../i18n';
import type { SetupPageProps } from '../setup/page';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps, type Row } from '../setup/SettingPage';
import { useChoices } from '../setup/useChoices';
import { useSettingForm } from '../setup/useSettingForm';
import { AgentForm } from './AgentForm';

type Agent = Setting<'agents'>;
const USUAL_CAPACITY = 10;

export function AgentsPage({ entry }: SetupPageProps) {
  const { t, i18n } = useTranslation();
  const departments = useChoices('departments');
  const markOf = (agent: Agent): Row['mark'] => {
    if (!agent.is_active) return { words: t('peopleSetup.agent.off') };
    if (agent.role === 'administrator' || agent.role === 'collaborator') return undefined;
    if (!agent.departments.length) {
      return { words: t('peopleSetup.agent.nowhere'), tone: 'risk' };
    }
    return agent.capacity ? undefined : { words: t('peopleSetup.agent.full'), tone: 'risk' };
  };
  return (
    <SettingPage
      page="agents"
      kind="agents"
      entry={entry}
      words={{
        list: t('peopleSetup.pages.agents.title'),
        none: t('peopleSetup.agent.none'),
        noneAdvice: t('peopleSetup.agent.noneAdvice'),
        add: t('peopleSetup.agent.add'),
      }}
      rowOf={(agent) => ({
        title: agent.name,
        detail: [
          t(`peopleSetup.roles.${agent.role}.name`),
          ...departments
            .filter(({ value }) => agent.departments.includes(value))
            .map(({ label }) => label),
        ].join(' · '),
        mark: markOf(agent),
      })}
      blank={() => ({
        id: '',
        name: '',
        email: '',
        role: 'agent',
        departments: [],
        subject: '',
        capacity: USUAL_CAPACITY,
        is_active: true,
        language: serverLanguage(languageFor(i18n.language)),
        notices: {},
        quiet_hours: null,
        languages: [],
        skills: [],
        calendar_id: '',
      })}
      editor={AgentEditor}
    />
  );
}

function AgentEditor({ stored, onDone }: EditorProps<'agents'>) {
  const { t } = useTranslation();
  const form = useSettingForm({ kind: 'agents', stored, onDone });
  return (
    <SettingFormFrame
      form={form}
      onCancel={onDone}
      removeQuestion={t('peopleSetup.agent.sure', { name: stored.setting.name })}
    >
      <AgentForm form={form} />
    </SettingFormFrame>
  );
}
