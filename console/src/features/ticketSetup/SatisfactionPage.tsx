import { MultiSelect, NumberInput, Radio, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../setup/formProps';
import { SinglePage } from '../setup/SinglePage';
import { useChoices } from '../setup/useChoices';
import { SATISFACTION_RULES } from './blank';

const MOST_HOURS = 30 * 24;
const MOST_DAYS = 90;
const ENDS = ['resolved', 'closed'] as const;

export function SatisfactionPage() {
  return (
    <SinglePage kind="satisfaction-rules" fallback={SATISFACTION_RULES} fields={RulesFields} />
  );
}

/** Whether customers are asked how the help was, and when. */
function RulesFields({ form }: FormProps<'satisfaction-rules'>) {
  const { t } = useTranslation();
  const { value, change, fault } = form;
  const departments = useChoices('departments');
  return (
    <>
      <Switch
        label={t('ticketSetup.satisfaction.active')}
        description={t('ticketSetup.satisfaction.activeHint')}
        checked={value.is_active}
        onChange={(event) => change({ is_active: event.currentTarget.checked })}
      />
      <Radio.Group
        label={t('ticketSetup.satisfaction.after')}
        value={value.after}
        onChange={(wanted) => change({ after: ENDS.find((end) => end === wanted) ?? 'resolved' })}
      >
        <Stack gap={10} mt={8}>
          {ENDS.map((end) => (
            <Radio key={end} value={end} label={t(`ticketSetup.satisfaction.ends.${end}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <NumberInput
        label={t('ticketSetup.satisfaction.delay')}
        description={t('ticketSetup.satisfaction.delayHint')}
        value={value.delay_hours}
        min={1}
        max={MOST_HOURS}
        allowDecimal={false}
        clampBehavior="strict"
        error={fault('delay_hours')}
        onChange={(typed) => change({ delay_hours: Number(typed) })}
      />
      <NumberInput
        label={t('ticketSetup.satisfaction.change')}
        description={t('ticketSetup.satisfaction.changeHint')}
        value={value.change_days}
        min={1}
        max={MOST_DAYS}
        allowDecimal={false}
        clampBehavior="strict"
        error={fault('change_days')}
        onChange={(typed) => change({ change_days: Number(typed) })}
      />
      <MultiSelect
        label={t('ticketSetup.satisfaction.excluded')}
        description={t('ticketSetup.satisfaction.excludedHint')}
        data={departments}
        value={value.excluded_departments}
        error={fault('excluded_departments')}
        onChange={(wanted) => change({ excluded_departments: wanted })}
      />
    </>
  );
}
