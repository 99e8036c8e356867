import { useTranslation } from 'react-i18next';
import { textIn } from '../setup/languages';
import type { SetupPageProps } from '../setup/page';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useChoices } from '../setup/useChoices';
import { useSettingForm } from '../setup/useSettingForm';
import { blankTopic } from './blank';
import type { Topic } from './kinds';
import { TopicForm } from './TopicForm';

export function TopicsPage({ entry }: SetupPageProps) {
  const { t, i18n } = useTranslation();
  const departments = useChoices('departments');
  const types = useChoices('ticket-types');
  const labelOf = (choices: typeof types, id: string): string | undefined =>
    choices.find(({ value }) => value === id)?.label;
  return (
    <SettingPage
      page="topics"
      kind="topics"
      entry={entry}
      isOrdered
      words={{
        list: t('ticketSetup.pages.topics.title'),
        none: t('ticketSetup.topic.none'),
        noneAdvice: t('ticketSetup.topic.noneAdvice'),
        add: t('ticketSetup.topic.add'),
      }}
      rowOf={(topic) => ({
        title: textIn(topic.names, i18n.language) || topic.id,
        detail: [
          labelOf(departments, topic.department_id) ?? topic.department_id,
          labelOf(types, topic.type_id),
          topic.priority === 'normal' ? undefined : t(`priority.${topic.priority}`),
        ]
          .filter(Boolean)
          .join(' · '),
      })}
      blank={blankTopic}
      editor={TopicEditor}
    />
  );
}

function TopicEditor({ stored, onDone }: EditorProps<'topics'>) {
  const { t, i18n } = useTranslation();
  const nameOf = ({ names }: Topic): string => textIn(names, i18n.language);
  const form = useSettingForm({ kind: 'topics', stored, nameOf, onDone });
  return (
    <SettingFormFrame
      form={form}
      onCancel={onDone}
      removeQuestion={t('ticketSetup.topic.sure', { name: nameOf(stored.setting) })}
    >
      <TopicForm form={form} />
    </SettingFormFrame>
  );
}
