import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { problemText } from '../../app/say';
import type { SetupPageProps } from '../setup/page';
import { NameField } from '../setup/NameField';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useSettingForm } from '../setup/useSettingForm';
import classes from './Rules.module.css';

/** Other systems that rules tell. */
export function Webhooks({ entry }: SetupPageProps) {
  const { t } = useTranslation();
  return (
    <SettingPage
      page="webhooks"
      kind="webhooks"
      entry={entry}
      words={{
        list: t('rules.pages.webhooks.title'),
        none: t('rules.hook.none'),
        noneAdvice: t('rules.hook.noneAdvice'),
        add: t('rules.hook.add'),
      }}
      rowOf={({ name, url }) => ({ title: name, detail: url })}
      blank={() => ({ id: '', name: '', url: '' })}
      editor={Editor}
    />
  );
}

function Editor({ stored, onDone }: EditorProps<'webhooks'>) {
  const { t } = useTranslation();
  const form = useSettingForm({ kind: 'webhooks', stored, onDone });
  const { value, change, fault } = form;
  return (
    <SettingFormFrame
      form={form}
      removeQuestion={t('setup.sure', { name: stored.setting.name })}
      onCancel={onDone}
    >
      <NameField value={value.name} fault={fault('name')} onChange={(name) => change({ name })} />
      <TextInput
        label={t('rules.hook.url')}
        description={t('rules.hook.urlHint')}
        required
        type="url"
        maxLength={500}
        value={value.url}
        error={fault('url')}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      {!form.isNew && <Secret id={value.id} />}
    </SettingFormFrame>
  );
}

/** Shown when asked for, so that nobody reads it over a shoulder. */
function Secret({ id }: { id: string }) {
  const { t } = useTranslation();
  const { rules } = useDesk();
  const read = useMutation({ mutationFn: () => rules.webhookSecret(id) });
  return (
    <div>
      <p className={classes.hint}>{t('rules.hook.secretHint')}</p>
      <div role="status">
        {read.data && <code className={classes.secret}>{read.data}</code>}
        {read.error && <p className={classes.fault}>{problemText(read.error, t)}</p>}
      </div>
      {!read.data && (
        <Button size="compact-sm" variant="default" onClick={() => read.mutate()}>
          {t('rules.hook.secret')}
        </Button>
      )}
    </div>
  );
}
