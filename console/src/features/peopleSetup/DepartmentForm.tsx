import { Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../people/useNames';
import type { FormProps } from '../setup/formProps';
import classes from '../setup/Setup.module.css';
import { useChoices } from '../setup/useChoices';
import { DealingFields } from './DealingFields';
import { Members } from './Members';
import { Warning } from './Warning';

/** A team: its address, its promises, where its tickets go when nobody takes them. */
export function DepartmentForm({ form }: FormProps<'departments'>) {
  const { value: setting, change, fault: faultOf } = form;
  const { t } = useTranslation();
  const me = useMe();
  const mailboxes = useChoices('mailboxes');
  const policies = useChoices('sla-policies');
  const others = useChoices('departments').filter((one) => one.value !== setting.id);
  return (
    <div className={classes.short}>
      <TextInput
        data-autofocus
        label={t('peopleSetup.department.name')}
        maxLength={120}
        value={setting.name}
        error={faultOf('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label={t('peopleSetup.department.mailbox')}
        description={t('peopleSetup.department.mailboxHint')}
        placeholder={t('peopleSetup.choose')}
        data={mailboxes}
        value={setting.mailbox_id || null}
        error={faultOf('mailbox_id')}
        allowDeselect={false}
        onChange={(value) => value && change({ mailbox_id: value })}
      />
      <Select
        label={t('peopleSetup.department.policy')}
        description={t('peopleSetup.department.policyHint')}
        data={[{ value: '', label: t('peopleSetup.department.noPolicy') }, ...policies]}
        value={setting.sla_policy_id}
        error={faultOf('sla_policy_id')}
        allowDeselect={false}
        onChange={(value) => change({ sla_policy_id: value ?? '' })}
      />
      <Select
        label={t('peopleSetup.department.escalates')}
        description={t('peopleSetup.department.escalatesHint')}
        data={[{ value: '', label: t('peopleSetup.department.nowhere') }, ...others]}
        value={setting.escalates_to}
        error={faultOf('escalates_to')}
        allowDeselect={false}
        onChange={(value) => change({ escalates_to: value ?? '' })}
      />
      <DealingFields form={form} />
      <Switch
        label={t('peopleSetup.department.confidential')}
        description={t('peopleSetup.department.confidentialHint')}
        checked={setting.confidential}
        onChange={(event) => change({ confidential: event.currentTarget.checked })}
      />
      {setting.confidential && !me.departments.includes(setting.id) && (
        <Warning>{t('peopleSetup.department.hides')}</Warning>
      )}
      {!form.isNew && <Members department={setting.id} />}
    </div>
  );
}
