import { Checkbox, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import type { Setting } from '../../api/settings';
import { asSentence, usePredicateWords } from '../conditions/conditionWords';
import { PredicateEditor } from '../conditions/PredicateEditor';
import { STEPS_AT_BREACH, useStepWords } from '../conditions/steps';
import { StepsEditor } from '../conditions/StepsEditor';
import { NO_CONDITIONS } from '../conditions/types';
import { useAskable } from '../conditions/useAskable';
import type { SetupPageProps } from '../setup/page';
import { NameField } from '../setup/NameField';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useSettingForm } from '../setup/useSettingForm';
import { DurationInput } from './DurationInput';
import classes from './Promises.module.css';
import { TargetTable } from './TargetTable';
import { useCalendars } from './useCalendars';

type Policy = Setting<'sla-policies'>;

const blank = (): Policy => ({
  id: '',
  name: '',
  calendar_id: '',
  minutes: {},
  at_risk_lead_minutes: 15,
  pause_on_answered: false,
  conditions: NO_CONDITIONS,
  position: 0,
  breach_steps: [
    { kind: 'raise_priority', value: '', field: '', text: '' },
    { kind: 'notify_supervisor', value: '', field: '', text: '' },
  ],
});

/** What is promised to whom: policies in the order in which they are tried. */
export function ServiceLevels({ entry }: SetupPageProps) {
  const { t, i18n } = useTranslation();
  const say = usePredicateWords(useAskable({ ofAMoment: false }));
  const calendars = useCalendars();
  const { data: departments = [] } = useQuery(settingsQuery(useDesk(), 'departments'));
  const usedBy = (id: string): string =>
    departments
      .filter(({ setting }) => setting.sla_policy_id === id)
      .map(({ setting }) => setting.name)
      .join(', ');
  const forWhom = ({ id, conditions }: Policy): string => {
    const names = usedBy(id);
    const own = names && t('promises.policy.ofDepartments', { names });
    const all = [asSentence(say(conditions), i18n.language), own].filter(Boolean).join(' · ');
    return all || t('promises.policy.ofNobody');
  };
  return (
    <SettingPage
      page="service-levels"
      kind="sla-policies"
      entry={entry}
      isOrdered
      words={{
        list: t('promises.pages.service-levels.title'),
        none: t('promises.policy.none'),
        noneAdvice: t('promises.policy.noneAdvice'),
        add: t('promises.policy.add'),
      }}
      rowOf={(policy) => ({
        title: policy.name,
        detail: `${forWhom(policy)} · ${calendars.nameOf(policy.calendar_id)}`,
      })}
      blank={blank}
      editor={Editor}
    />
  );
}

function Editor({ stored, onDone }: EditorProps<'sla-policies'>) {
  const { t } = useTranslation();
  const form = useSettingForm({ kind: 'sla-policies', stored, onDone });
  const { value, change, fault, faults } = form;
  const sayAll = useStepWords();
  return (
    <SettingFormFrame
      form={form}
      removeQuestion={t('setup.sure', { name: stored.setting.name })}
      onCancel={onDone}
    >
      <NameField value={value.name} fault={fault('name')} onChange={(name) => change({ name })} />
      <PredicateEditor
        legend={t('promises.policy.conditions')}
        without={t('promises.policy.without')}
        value={value.conditions}
        faults={faults}
        onChange={(conditions) => change({ conditions })}
      />
      <TargetTable
        minutes={value.minutes}
        fault={fault}
        wrong={form.ownFault('minutes')}
        onChange={(minutes) => change({ minutes })}
      />
      <CalendarChoice
        value={value.calendar_id}
        fault={fault('calendar_id')}
        onChange={(calendar_id) => change({ calendar_id })}
      />
      <DurationInput
        className={classes.short}
        label={t('promises.policy.lead')}
        description={t('promises.policy.leadHint')}
        minutes={value.at_risk_lead_minutes || undefined}
        error={fault('at_risk_lead_minutes')}
        onChange={(minutes) => change({ at_risk_lead_minutes: minutes ?? 0 })}
      />
      <Checkbox
        label={t('promises.policy.pause')}
        description={t('promises.policy.pauseHint')}
        checked={value.pause_on_answered}
        onChange={(event) => change({ pause_on_answered: event.currentTarget.checked })}
      />
      <StepsEditor
        legend={t('promises.policy.breach')}
        without={t('promises.policy.noSteps')}
        value={value.breach_steps}
        faults={faults}
        at="breach_steps"
        allowed={STEPS_AT_BREACH}
        onChange={(breach_steps) => change({ breach_steps })}
      />
      {value.breach_steps.length > 0 && (
        <p className={classes.sentence} role="status">
          {t('promises.policy.breachSaid', { steps: sayAll(value.breach_steps) })}
        </p>
      )}
    </SettingFormFrame>
  );
}

interface CalendarProps {
  value: string;
  fault: string | undefined;
  onChange: (id: string) => void;
}

function CalendarChoice({ value, fault, onChange }: CalendarProps) {
  const { t } = useTranslation();
  const { choices, isNone } = useCalendars();
  return (
    <div>
      <Select
        className={classes.short}
        label={t('promises.pages.calendars.title')}
        description={t('promises.policy.calendarHint')}
        required
        data={choices}
        value={value || null}
        error={fault}
        allowDeselect={false}
        onChange={(id) => onChange(id ?? '')}
      />
      {isNone && (
        <p className={classes.hint}>
          <Link to="/setup/$page" params={{ page: 'calendars' }} className={classes.link}>
            {t('promises.policy.calendarFirst')}
          </Link>
        </p>
      )}
    </div>
  );
}
