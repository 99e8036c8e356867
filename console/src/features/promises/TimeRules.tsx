import { Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PredicateEditor } from '../conditions/PredicateEditor';
import { STEPS_BY_TIME } from '../conditions/steps';
import { StepsEditor } from '../conditions/StepsEditor';
import type { SetupPageProps } from '../setup/page';
import { NameField } from '../setup/NameField';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useSettingForm } from '../setup/useSettingForm';
import { AfterInput } from './AfterInput';
import classes from './Promises.module.css';
import { ReadyRules } from './ReadyRules';
import { emptyRule, isReady, READY_RULES } from './readyRules';
import { useRuleWords, type Rule } from './ruleWords';
import { useCalendars } from './useCalendars';

const ANCHORS: readonly Rule['since'][] = [
  'customer_waits',
  'last_message',
  'status',
  'created',
  'assigned',
];

/** What happens by itself when a ticket has been in a state for so long. */
export function TimeRules({ entry }: SetupPageProps) {
  const { t } = useTranslation();
  const say = useRuleWords();
  return (
    <SettingPage
      page="time-rules"
      kind="time-rules"
      entry={entry}
      isOrdered
      words={{
        list: t('promises.pages.time-rules.title'),
        none: t('promises.rule.none'),
        noneAdvice: t('promises.rule.noneAdvice'),
        add: t('promises.rule.add'),
      }}
      rowOf={(rule) => ({
        title: rule.name,
        detail: say(rule),
        mark: rule.is_active
          ? { words: t('promises.rule.on'), tone: 'good' }
          : { words: t('promises.rule.off') },
      })}
      blank={(model) =>
        isReady(model) ? READY_RULES[model](t) : { ...emptyRule(), is_active: true }
      }
      editor={Editor}
    >
      <ReadyRules />
    </SettingPage>
  );
}

function Editor({ stored, onDone }: EditorProps<'time-rules'>) {
  const { t } = useTranslation();
  const form = useSettingForm({ kind: 'time-rules', stored, onDone });
  const { value, change, fault, faults } = form;
  const say = useRuleWords();
  const calendars = useCalendars();
  return (
    <SettingFormFrame
      form={form}
      removeQuestion={t('setup.sure', { name: stored.setting.name })}
      onCancel={onDone}
    >
      <p className={classes.sentence} role="status">
        {say(value)}
      </p>
      <Switch
        label={t('promises.rule.active')}
        description={t('promises.rule.activeHint')}
        checked={value.is_active}
        onChange={(event) => change({ is_active: event.currentTarget.checked })}
      />
      <NameField value={value.name} fault={fault('name')} onChange={(name) => change({ name })} />
      <div className={classes.bar}>
        <AfterInput value={value} fault={fault} onChange={change} />
        <Select
          className={classes.since}
          label={t('promises.rule.since')}
          data={ANCHORS.map((anchor) => ({
            value: anchor,
            label: t(`promises.rule.sinceSaid.${anchor}`),
          }))}
          value={value.since}
          error={fault('since')}
          allowDeselect={false}
          onChange={(since) => {
            if (since) change({ since });
          }}
        />
        <Select
          className={classes.grows}
          label={t('promises.rule.hours')}
          data={[{ value: '', label: t('promises.rule.always') }, ...calendars.choices]}
          value={value.calendar_id}
          error={fault('calendar_id')}
          allowDeselect={false}
          onChange={(id) => change({ calendar_id: id ?? '' })}
        />
      </div>
      <PredicateEditor
        legend={t('promises.rule.conditions')}
        without={t('promises.rule.without')}
        isSaid={false}
        value={value.conditions}
        faults={faults}
        onChange={(conditions) => change({ conditions })}
      />
      <StepsEditor
        legend={t('promises.rule.steps')}
        without={t('promises.rule.noSteps')}
        value={value.steps}
        faults={faults}
        at="steps"
        allowed={STEPS_BY_TIME}
        onChange={(steps) => change({ steps })}
      />
    </SettingFormFrame>
  );
}
