import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys, settingsQuery } from '../../api/queries';
import type { SettingKind } from '../../api/settings';
import type { Channel, Priority, Status } from '../../api/types';
import { LANGUAGES, serverLanguage } from '../../i18n';
import { useMe } from '../people/useNames';
import { nameIn, useWords } from '../words/useWords';
import type { Choice } from './types';

export const PRIORITIES: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
const STATUSES: readonly Status[] = [
  'new',
  'open',
  'answered',
  'postponed',
  'resolved',
  'closed',
  'spam',
  'deleted',
];
const CHANNELS: readonly Channel[] = [
  'form',
  'mail',
  'portal',
  'phone',
  'in_person',
  'messenger',
  'console',
  'api',
  'elsewhere',
];

/**
 * What can be chosen, by the part of the set-up that it comes from: one line for each. A part that
 * is missing here, or that this person may not read, is written by hand.
 */
export function useChoices(): Readonly<Record<string, readonly Choice[] | undefined>> {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const words = useWords();
  const spoken = new Intl.DisplayNames(i18n.language, { type: 'language' });
  const named = (one: { id: string; name: string }): Choice => ({ value: one.id, label: one.name });
  const worded = (one: { id: string; names: Record<string, string> }): Choice => ({
    value: one.id,
    label: nameIn(one.names, i18n.language) || one.id,
  });
  return {
    departments: me.all_departments.map(named),
    agents: me.colleagues.map(named),
    priorities: PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) })),
    statuses: STATUSES.map((value) => ({ value, label: words.status(value) })),
    channels: CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) })),
    languages: LANGUAGES.map((one) => ({
      value: serverLanguage(one),
      label: spoken.of(one) ?? one,
    })),
    ticket_types: words.vocabulary?.types.map(worded),
    topics: useKept('topics')?.map(worded),
    mailboxes: useKept('mailboxes')?.map(({ id, address }) => ({ value: id, label: address })),
    organisations: useKept('organisations')?.map(named),
    calendars: useKept('calendars')?.map(named),
    fields: words.vocabulary?.fields.map(worded),
    policies: useKept('sla-policies')?.map(named),
    webhooks: useKept('webhooks')?.map(named),
    macros: useSharedMacros(),
  };
}

/** The macros that all share; rules apply no others. */
function useSharedMacros() {
  const desk = useDesk();
  const enabled = useMe().role === 'administrator';
  const { data } = useQuery({
    queryKey: keys.answers,
    queryFn: () => desk.answers.list(),
    enabled,
  });
  return data
    ?.filter(({ kind, owner }) => kind === 'macro' && owner === 'desk')
    .map(({ id, title }) => ({ value: id, label: title }));
}

/** Entries of the set-up, which only administrators can read. */
function useKept<K extends SettingKind>(kind: K) {
  const isAllowed = useMe().role === 'administrator';
  const { data } = useQuery({ ...settingsQuery(useDesk(), kind), enabled: isAllowed });
  return data?.map(({ setting }) => setting);
}
