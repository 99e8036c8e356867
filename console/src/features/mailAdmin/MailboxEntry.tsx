import { Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/queries';
import type { FormProps } from '../setup/formProps';
import classes from '../setup/Setup.module.css';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useChoices } from '../setup/useChoices';
import { useSettingForm } from '../setup/useSettingForm';

/** An address of the desk, new or changed: its name and whose mail it takes. */
export function MailboxEntry({ entry }: { entry: string }) {
  const { t } = useTranslation();
  return (
    <SettingPage
      page="mailboxes"
      kind="mailboxes"
      entry={entry}
      words={{
        list: t('mail.pages.mailboxes.title'),
        none: t('mail.mailboxes.none'),
        noneAdvice: t('mail.mailboxes.noneAdvice'),
        add: t('mail.mailboxes.add'),
      }}
      rowOf={({ address }) => ({ title: address })}
      blank={() => ({ id: '', address: '', name: '', department_id: '', aliases: [] })}
      editor={MailboxEditor}
    />
  );
}

function MailboxEditor({ stored, onDone }: EditorProps<'mailboxes'>) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useSettingForm({
    kind: 'mailboxes',
    stored,
    // The part before the @ tells them apart better than names do.
    nameOf: ({ address }) => address.split('@', 1)[0] ?? '',
    onDone: () => {
      void queries.invalidateQueries({ queryKey: keys.mailboxes });
      onDone();
    },
  });
  return (
    <SettingFormFrame
      form={form}
      onCancel={onDone}
      removeQuestion={t('mail.mailboxes.sure', { address: stored.setting.address })}
    >
      <MailboxFields form={form} />
    </SettingFormFrame>
  );
}

function MailboxFields({ form }: FormProps<'mailboxes'>) {
  const { t } = useTranslation();
  const departments = useChoices('departments');
  const { value, change, fault, isNew } = form;
  return (
    <div className={classes.short}>
      <TextInput
        type="email"
        label={t('mail.mailboxes.address')}
        description={t(isNew ? 'mail.mailboxes.addressNew' : 'mail.mailboxes.addressHint')}
        value={value.address}
        error={fault('address')}
        onChange={(event) => change({ address: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={t('mail.mailboxes.name')}
        description={t('mail.mailboxes.nameHint')}
        maxLength={120}
        value={value.name}
        error={fault('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label={t('mail.mailboxes.department')}
        description={t('mail.mailboxes.departmentHint')}
        data={departments}
        value={value.department_id || null}
        error={fault('department_id')}
        allowDeselect={false}
        onChange={(id) => id && change({ department_id: id })}
      />
    </div>
  );
}
