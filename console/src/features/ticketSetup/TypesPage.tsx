import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys, settingsQuery } from '../../api/queries';
import { textIn } from '../setup/languages';
import type { SetupPageProps } from '../setup/page';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useAction } from '../setup/useAction';
import { useChoices } from '../setup/useChoices';
import { useSettingForm } from '../setup/useSettingForm';
import { blankType, TICKET_RULES } from './blank';
import type { TicketType } from './kinds';
import { TypeForm } from './TypeForm';

export function TypesPage({ entry }: SetupPageProps) {
  const { t, i18n } = useTranslation();
  const departments = useChoices('departments');
  const placeOf = (type: TicketType): string =>
    departments
      .filter(({ value }) => type.departments.includes(value))
      .map(({ label }) => label)
      .join(', ') || t('ticketSetup.type.everywhere');
  return (
    <SettingPage
      page="ticket-types"
      kind="ticket-types"
      entry={entry}
      isOrdered
      words={{
        list: t('ticketSetup.pages.ticket-types.title'),
        none: t('ticketSetup.type.none'),
        noneAdvice: t('ticketSetup.type.noneAdvice'),
        add: t('ticketSetup.type.add'),
      }}
      rowOf={(type) => ({
        title: textIn(type.names, i18n.language) || type.id,
        detail: [
          t('ticketSetup.type.fieldCount', { count: type.fields.length }),
          placeOf(type),
        ].join(' · '),
      })}
      blank={blankType}
      editor={TypeEditor}
    >
      <TypeToResolve />
    </SettingPage>
  );
}

function TypeEditor({ stored, onDone }: EditorProps<'ticket-types'>) {
  const { t, i18n } = useTranslation();
  const nameOf = ({ names }: TicketType): string => textIn(names, i18n.language);
  const form = useSettingForm({ kind: 'ticket-types', stored, nameOf, onDone });
  return (
    <SettingFormFrame
      form={form}
      onCancel={onDone}
      removeQuestion={t('ticketSetup.type.sure', { name: nameOf(stored.setting) })}
    >
      <TypeForm form={form} />
    </SettingFormFrame>
  );
}

/** Whether a ticket needs a type before it is resolved: one of the desk's rules for tickets. */
function TypeToResolve() {
  const { t } = useTranslation();
  const desk = useDesk();
  const { data } = useQuery(settingsQuery(desk, 'ticket-rules'));
  const stored = data?.[0] ?? { version: 0, setting: TICKET_RULES };
  const save = useAction({
    act: (isNeeded: boolean) =>
      desk.settings.save('ticket-rules', {
        ...stored,
        setting: { ...stored.setting, type_to_resolve: isNeeded },
      }),
    changes: [keys.settings('ticket-rules')],
    done: () => t('setup.saved'),
  });
  return (
    <Switch
      label={t('ticketSetup.rules.type')}
      description={t('ticketSetup.rules.typeHint')}
      checked={save.isPending ? save.variables : stored.setting.type_to_resolve}
      onChange={(event) => {
        if (data) save.mutate(event.currentTarget.checked);
      }}
    />
  );
}
