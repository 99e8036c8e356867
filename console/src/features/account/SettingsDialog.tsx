import {
  Modal,
  SegmentedControl,
  Select,
  Switch,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeChannel, NoticeKind } from '../../api/types';
import { LANGUAGES, languageFor, serverLanguage } from '../../i18n';
import { useMe } from '../people/useNames';
import { prefer, usePreferences } from './preferences';
import { QuietHours } from './QuietHours';
import classes from './SettingsDialog.module.css';
import { useChangeMe } from './useChangeMe';

const NOTICE_KINDS: NoticeKind[] = [
  'assigned',
  'customer_wrote',
  'at_risk',
  'breached',
  'time_rule',
  'not_delivered',
  'answer_kept',
  'scheduled_held',
  'mentioned',
  'reminder',
];
const NOTICE_CHANNELS: NoticeChannel[] = ['in_app', 'mail', 'digest'];
const UNDO_SECONDS = [0, 5, 10, 20, 30];
const AS_THE_DESK = 'desk';
/** A language is named in itself: whoever seeks it may not read the one that is shown. */
const LANGUAGE_NAMES = {
  en: 'English',
  'pt-BR': 'Português (Brasil)',
  'pt-PT': 'Português (Portugal)',
  es: 'Español',
} as const;

export function SettingsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t('settings.title')}>
      <Settings />
    </Modal>
  );
}

function Settings() {
  const { t } = useTranslation();
  const me = useMe();
  const changeMe = useChangeMe();
  const { density, undoSeconds, singleKeys } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const language = languageFor(me.language);
  const span = (seconds: number): string =>
    seconds ? t('settings.seconds', { count: seconds }) : t('settings.noUndo');
  const schemes: MantineColorScheme[] = ['auto', 'light', 'dark'];
  return (
    <div className={classes.settings}>
      <Line name={t('settings.language')}>
        <Select
          aria-label={t('settings.language')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          allowDeselect={false}
          onChange={(value) => value && changeMe({ language: serverLanguage(languageFor(value)) })}
        />
      </Line>
      <Line name={t('settings.scheme')}>
        <SegmentedControl
          aria-label={t('settings.scheme')}
          data={schemes.map((value) => ({ value, label: t(`settings.schemes.${value}`) }))}
          value={colorScheme}
          onChange={setColorScheme}
        />
      </Line>
      <Line name={t('settings.density')}>
        <SegmentedControl
          aria-label={t('settings.density')}
          data={(['comfortable', 'compact'] as const).map((value) => ({
            value,
            label: t(`settings.densities.${value}`),
          }))}
          value={density}
          onChange={(value) => prefer({ density: value })}
        />
      </Line>
      <Line name={t('settings.undo')} hint={t('settings.undoHint')}>
        <Select
          aria-label={t('settings.undo')}
          data={[
            { value: AS_THE_DESK, label: t('settings.asTheDesk', { span: span(me.undo_seconds) }) },
            ...UNDO_SECONDS.map((seconds) => ({ value: String(seconds), label: span(seconds) })),
          ]}
          value={undoSeconds === null ? AS_THE_DESK : String(undoSeconds)}
          allowDeselect={false}
          onChange={(value) =>
            prefer({ undoSeconds: value === AS_THE_DESK ? null : Number(value) })
          }
        />
      </Line>
      <Line name={t('settings.singleKeys')} hint={t('settings.singleKeysHint')}>
        <Switch
          aria-label={t('settings.singleKeys')}
          checked={singleKeys}
          onChange={(event) => prefer({ singleKeys: event.currentTarget.checked })}
        />
      </Line>
      <NoticeSettings />
      <QuietHours />
    </div>
  );
}

function Line({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <div>
        <div className={classes.name}>{name}</div>
        {hint && <div className={classes.hint}>{hint}</div>}
      </div>
      {children}
    </div>
  );
}

function NoticeSettings() {
  const { t } = useTranslation();
  const me = useMe();
  const changeMe = useChangeMe();
  const toggle = (kind: NoticeKind, channel: NoticeChannel, isOn: boolean): void => {
    const now = me.notices[kind] ?? [];
    const next = isOn ? [...now, channel] : now.filter((one) => one !== channel);
    changeMe({ notices: { ...me.notices, [kind]: next } });
  };
  return (
    <table className={classes.notices}>
      <caption className={classes.name}>{t('settings.notices')}</caption>
      <thead>
        <tr>
          <td />
          {NOTICE_CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              {t(`settings.channels.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {NOTICE_KINDS.map((kind) => (
          <tr key={kind}>
            <th scope="row">{t(`notices.kinds.${kind}`)}</th>
            {NOTICE_CHANNELS.map((channel) => (
              <td key={channel}>
                <Switch
                  size="sm"
                  aria-label={`${t(`notices.kinds.${kind}`)}: ${t(`settings.channels.${channel}`)}`}
                  checked={me.notices[kind]?.includes(channel) ?? false}
                  onChange={(event) => toggle(kind, channel, event.currentTarget.checked)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
