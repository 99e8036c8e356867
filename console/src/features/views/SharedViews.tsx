import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Setting } from '../../api/settings';
import type { Role } from '../../api/types';
import { asSentence, usePredicateWords } from '../conditions/conditionWords';
import { useAskable } from '../conditions/useAskable';
import { useMe } from '../people/useNames';
import type { SetupPageProps } from '../setup/page';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useSettingForm } from '../setup/useSettingForm';
import { ViewFields } from './ViewFields';
import classes from './Views.module.css';

const ROLES: readonly Role[] = ['administrator', 'supervisor', 'agent', 'collaborator'];
const BLANK: Setting<'shared-views'> = {
  id: '',
  name: '',
  conditions: { all_of: [], any_of: [] },
  sort: 'time_left',
  split: 'none',
  columns: ['time_left', 'status', 'department', 'assignee'],
  departments: [],
  roles: [],
  position: 0,
};

/** Views that everybody has, or those of named departments and roles. */
export function SharedViews({ entry }: SetupPageProps) {
  const { t, i18n } = useTranslation();
  const say = usePredicateWords(useAskable({ ofAMoment: false }));
  return (
    <SettingPage
      page="views"
      kind="shared-views"
      entry={entry}
      isOrdered
      words={{
        list: t('savedViews.page.title'),
        none: t('savedViews.page.none'),
        noneAdvice: t('savedViews.page.noneAdvice'),
        add: t('savedViews.page.add'),
      }}
      rowOf={(view) => ({
        title: view.name,
        detail: asSentence(say(view.conditions), i18n.language) || t('savedViews.everything'),
      })}
      blank={() => BLANK}
      editor={Editor}
    />
  );
}

function Editor({ stored, onDone }: EditorProps<'shared-views'>) {
  const { t } = useTranslation();
  const me = useMe();
  const form = useSettingForm({ kind: 'shared-views', stored, onDone });
  const { value, change, fault, faults } = form;
  return (
    <SettingFormFrame
      form={form}
      removeQuestion={t('setup.sure', { name: stored.setting.name })}
      onCancel={onDone}
    >
      <ViewFields value={value} faults={faults} onChange={change} />
      <div className={classes.bar}>
        <MultiSelect
          label={t('savedViews.forDepartments')}
          placeholder={value.departments.length ? undefined : t('savedViews.everybody')}
          data={me.all_departments.map(({ id, name }) => ({ value: id, label: name }))}
          value={value.departments}
          error={fault('departments')}
          onChange={(departments) => change({ departments })}
        />
        <MultiSelect
          label={t('savedViews.forRoles')}
          placeholder={value.roles.length ? undefined : t('savedViews.everybody')}
          data={ROLES.map((role) => ({ value: role, label: t(`peopleSetup.roles.${role}.name`) }))}
          value={value.roles}
          error={fault('roles')}
          onChange={(roles) => change({ roles: roles })}
        />
      </div>
    </SettingFormFrame>
  );
}
