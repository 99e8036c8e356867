import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import type { Setting, SettingKind } from '../../api/settings';
import { textIn } from './languages';

interface Choice {
  value: string;
  label: string;
}

/** What an entry of the set-up is called, in the reader's language where it has several names. */
export function nameOf(setting: Setting<SettingKind>, language: string): string {
  if ('names' in setting) return textIn(setting.names, language) || setting.id;
  if ('address' in setting) return setting.address;
  return ('name' in setting && setting.name) || setting.id;
}

/** The entries of a kind to choose from, by name. */
export function useChoices(kind: SettingKind): Choice[] {
  const { i18n } = useTranslation();
  const { data } = useQuery(settingsQuery(useDesk(), kind));
  return (data ?? [])
    .map(({ setting }) => ({ value: setting.id, label: nameOf(setting, i18n.language) }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
}
