import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import type { Setting, SettingKind } from '../../api/settings';
import type { FormProps } from './formProps';
import { SettingFormFrame } from './SettingFormFrame';
import { Standing } from './Standing';
import { useSettingForm } from './useSettingForm';

interface Props<K extends SettingKind> {
  kind: K;
  /** What holds while nothing was ever saved. */
  fallback: Setting<K>;
  fields: ComponentType<FormProps<K>>;
}

/** A page for a setting of which there is always one. */
export function SinglePage<K extends SettingKind>({ kind, fallback, fields }: Props<K>) {
  const { t } = useTranslation();
  const list = useQuery(settingsQuery(useDesk(), kind));
  const stored = list.data?.[0] ?? { version: 0, setting: fallback };
  return (
    <Standing
      isPending={list.isPending}
      error={list.error}
      isEmpty={!list.data}
      onAgain={() => void list.refetch()}
      empty={{ title: '', advice: t('problem.unexpected') }}
    >
      <Form kind={kind} stored={stored} fields={fields} />
    </Standing>
  );
}

interface FormOf<K extends SettingKind> extends Omit<Props<K>, 'fallback'> {
  stored: { version: number; setting: Setting<K> };
}

function Form<K extends SettingKind>({ kind, stored, fields: Fields }: FormOf<K>) {
  const form = useSettingForm({ kind, stored });
  return (
    <SettingFormFrame form={form}>
      <Fields form={form} />
    </SettingFormFrame>
  );
}
