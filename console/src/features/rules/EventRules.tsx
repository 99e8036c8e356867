import { Checkbox, Group, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { PredicateEditor } from '../conditions/PredicateEditor';
import { ALL_STEPS } from '../conditions/steps';
import { StepsEditor } from '../conditions/StepsEditor';
import { NO_CONDITIONS } from '../conditions/types';
import promises from '../promises/Promises.module.css';
import type { SetupPageProps } from '../setup/page';
import { NameField } from '../setup/NameField';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useSettingForm } from '../setup/useSettingForm';
import { DryRun } from './DryRun';
import { TRIGGERS, useEventRuleWords, type EventRule } from './useEventRuleWords';

const emptyRule = (): EventRule => ({
  id: '',
  name: '',
  is_active: true,
  position: 0,
  on: ['created'],
  conditions: NO_CONDITIONS,
  steps: [],
});

/** What happens by itself when something happens to a ticket. */
export function EventRules({ entry }: SetupPageProps) {
  const { t } = useTranslation();
  const { rules } = useDesk();
  const say = useEventRuleWords();
  const uses = useQuery({
    queryKey: keys.uses('event-rules'),
    queryFn: () => rules.uses('event-rules'),
  });
  return (
    <SettingPage
      page="event-rules"
      kind="event-rules"
      entry={entry}
      isOrdered
      words={{
        list: t('rules.pages.event-rules.title'),
        none: t('rules.none'),
        noneAdvice: t('rules.noneAdvice'),
        add: t('rules.add'),
      }}
      rowOf={(rule) => ({
        title: rule.name,
        detail: `${say(rule)} ${t('rules.used', { count: uses.data?.[rule.id] ?? 0 })}`,
        mark: rule.is_active ? { words: t('rules.on'), tone: 'good' } : { words: t('rules.off') },
      })}
      blank={emptyRule}
      editor={Editor}
    />
  );
}

function Editor({ stored, onDone }: EditorProps<'event-rules'>) {
  const { t } = useTranslation();
  const form = useSettingForm({ kind: 'event-rules', stored, onDone });
  const { value, change, fault, faults } = form;
  const say = useEventRuleWords();
  return (
    <>
      <SettingFormFrame
        form={form}
        removeQuestion={t('setup.sure', { name: stored.setting.name })}
        onCancel={onDone}
      >
        <p className={promises.sentence} role="status">
          {say(value)}
        </p>
        <Switch
          label={t('rules.active')}
          description={t('rules.activeHint')}
          checked={value.is_active}
          onChange={(event) => change({ is_active: event.currentTarget.checked })}
        />
        <NameField value={value.name} fault={fault('name')} onChange={(name) => change({ name })} />
        <Checkbox.Group
          label={t('rules.when')}
          description={value.on.includes('changed') ? t('rules.changedHint') : undefined}
          error={fault('on')}
          value={value.on}
          onChange={(on) => change({ on: TRIGGERS.filter((one) => on.includes(one)) })}
        >
          <Group gap="md" mt={8}>
            {TRIGGERS.map((one) => (
              <Checkbox key={one} value={one} label={t(`rules.triggers.${one}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <PredicateEditor
          legend={t('rules.conditions')}
          without={t('rules.without')}
          isSaid={false}
          ofAMoment
          value={value.conditions}
          faults={faults}
          onChange={(conditions) => change({ conditions })}
        />
        <StepsEditor
          legend={t('rules.steps')}
          without={t('rules.noSteps')}
          value={value.steps}
          faults={faults}
          at="steps"
          allowed={ALL_STEPS}
          onChange={(steps) => change({ steps })}
        />
      </SettingFormFrame>
      <DryRun rule={value} />
    </>
  );
}
