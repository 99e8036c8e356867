import { MultiSelect, NumberInput, Radio, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../api/types';
import { useMe } from '../people/useNames';
import type { FormProps } from '../setup/formProps';
import classes from '../setup/Setup.module.css';
import { isServerLanguage, LANGUAGE_NAMES, SERVER_LANGUAGES } from '../setup/languages';
import { useChoices } from '../setup/useChoices';
import { Warning } from './Warning';

const ROLES: readonly Role[] = ['agent', 'supervisor', 'collaborator', 'administrator'];
const MOST_TICKETS = 1000;

/** A person who works here: what he may do, where, and how much at a time. */
export function AgentForm({ form }: FormProps<'agents'>) {
  const { value: setting, change, fault: faultOf, isNew } = form;
  const { t } = useTranslation();
  const me = useMe();
  const departments = useChoices('departments');
  const topics = useChoices('topics');
  const calendars = useChoices('calendars');
  const isMe = !isNew && setting.id === me.id;
  const locksMeOut = isMe && (setting.role !== 'administrator' || !setting.is_active);
  const isDealt = setting.role === 'agent' || setting.role === 'supervisor';
  return (
    <div className={classes.short}>
      <TextInput
        data-autofocus
        label={t('peopleSetup.agent.name')}
        maxLength={120}
        value={setting.name}
        error={faultOf('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        type="email"
        label={t('peopleSetup.agent.email')}
        description={t(isNew ? 'peopleSetup.agent.emailNew' : 'peopleSetup.agent.emailHint')}
        value={setting.email}
        error={faultOf('email')}
        // A sign-in belongs to one address: the desk makes another one when it is left out.
        onChange={(event) => change({ email: event.currentTarget.value, subject: '' })}
      />
      <Radio.Group
        label={t('peopleSetup.agent.role')}
        value={setting.role}
        error={faultOf('role')}
        onChange={(value) => change({ role: value })}
      >
        <Stack gap={8} mt={6}>
          {ROLES.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`peopleSetup.roles.${value}.name`)}
              description={t(`peopleSetup.roles.${value}.words`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <MultiSelect
        label={t('peopleSetup.agent.departments')}
        data={departments}
        value={setting.departments}
        error={faultOf('departments')}
        onChange={(value) => change({ departments: value })}
      />
      {setting.departments.length === 0 && setting.role !== 'administrator' && (
        <Warning>{t('peopleSetup.agent.noDepartment')}</Warning>
      )}
      <NumberInput
        label={t('peopleSetup.agent.capacity')}
        description={t('peopleSetup.agent.capacityHint')}
        value={setting.capacity}
        min={0}
        max={MOST_TICKETS}
        allowDecimal={false}
        clampBehavior="strict"
        error={faultOf('capacity')}
        onChange={(value) => change({ capacity: Number(value) })}
      />
      {setting.capacity === 0 && isDealt && <Warning>{t('peopleSetup.agent.zero')}</Warning>}
      <MultiSelect
        label={t('peopleSetup.agent.languages')}
        description={t('peopleSetup.agent.languagesHint')}
        data={SERVER_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={setting.languages}
        error={faultOf('languages')}
        onChange={(value) => change({ languages: value.filter(isServerLanguage) })}
      />
      <MultiSelect
        label={t('peopleSetup.agent.skills')}
        description={t('peopleSetup.agent.skillsHint')}
        data={topics}
        value={setting.skills}
        error={faultOf('skills')}
        searchable
        onChange={(value) => change({ skills: value })}
      />
      <Select
        label={t('peopleSetup.dealing.hours')}
        description={t('peopleSetup.agent.hoursHint')}
        data={[{ value: '', label: t('peopleSetup.agent.departmentHours') }, ...calendars]}
        value={setting.calendar_id}
        error={faultOf('calendar_id')}
        allowDeselect={false}
        onChange={(value) => change({ calendar_id: value ?? '' })}
      />
      <Select
        label={t('peopleSetup.agent.language')}
        data={SERVER_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={setting.language}
        error={faultOf('language')}
        allowDeselect={false}
        onChange={(value) => isServerLanguage(value) && change({ language: value })}
      />
      <Switch
        label={t('peopleSetup.agent.active')}
        description={t('peopleSetup.agent.activeHint')}
        error={faultOf('is_active')}
        checked={setting.is_active}
        onChange={(event) => change({ is_active: event.currentTarget.checked })}
      />
      {locksMeOut && <Warning>{t('peopleSetup.agent.yourself')}</Warning>}
    </div>
  );
}
