import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import {
  IconInbox,
  IconKeyboard,
  IconMoon,
  IconPlayerTrackNext,
  IconPlus,
  IconSettings,
  IconSun,
  IconSunMoon,
  IconTicket,
  IconUserCheck,
  IconUserOff,
  type Icon,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { VIEW_IDS, type FixedView } from '../../api/types';
import { useChangeMe } from '../account/useChangeMe';
import { runShortcut, useRunnable, type ShortcutId } from '../keyboard/shortcuts';
import { useClaim } from '../lists/useClaim';
import { useMe } from '../people/useNames';
import { SETUP_PAGES } from '../setup/pages';
import { useSavedViews } from '../views/useView';

export interface Command {
  id: string;
  label: string;
  group: 'go' | 'do' | 'settings';
  icon: Icon;
  shortcut?: ShortcutId;
  run: () => void;
}

export const VIEW_SHORTCUTS: Record<FixedView, ShortcutId> = {
  to_solve: 'goToSolve',
  mine: 'goMine',
  unassigned: 'goUnassigned',
  all_open: 'goAllOpen',
};

export interface Doors {
  onSettings: () => void;
  onHelp: () => void;
  onNewTicket: () => void;
}

const SCHEMES: [MantineColorScheme, typeof IconSun][] = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconSunMoon],
];

export function useCommands({ onSettings, onHelp, onNewTicket }: Doors): Command[] {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const changeMe = useChangeMe();
  const runnable = useRunnable();
  const { claim, mayClaim } = useClaim();
  const { setColorScheme } = useMantineColorScheme();
  const go: Command[] = VIEW_IDS.map((view) => ({
    id: view,
    label: t(`views.${view}`),
    group: 'go',
    icon: IconInbox,
    shortcut: VIEW_SHORTCUTS[view],
    run: () => void navigate({ to: '/lists/$view', params: { view } }),
  }));
  for (const { id, name = id } of useSavedViews()) {
    go.push({
      id: `view-${id}`,
      label: name,
      group: 'go',
      icon: IconInbox,
      run: () => void navigate({ to: '/lists/$view', params: { view: id } }),
    });
  }
  if (me.role === 'administrator') {
    for (const { id, icon, title } of SETUP_PAGES.flatMap(({ pages }) => pages)) {
      go.push({
        id: `setup-${id}`,
        label: title(t),
        group: 'go',
        icon,
        run: () => void navigate({ to: '/setup/$page', params: { page: id } }),
      });
    }
  }
  const act: Command[] = [];
  if (mayClaim) {
    const label = t('lists.solveNext');
    const icon = IconPlayerTrackNext;
    act.push({ id: 'claim', label, group: 'do', icon, shortcut: 'solveNext', run: () => claim() });
  }
  if (me.role !== 'collaborator') {
    const label = t('newTicket.title');
    const shortcut = 'newTicket';
    act.push({ id: 'new', label, group: 'do', icon: IconPlus, shortcut, run: onNewTicket });
  }
  for (const id of runnable) {
    const label = t(`keys.names.${id}`);
    // The palette gives the focus back first; what the action opens takes it then.
    const run = (): void => void setTimeout(() => runShortcut(id));
    act.push({ id, label, group: 'do', icon: IconTicket, shortcut: id, run });
  }
  act.push({
    id: 'availability',
    label: t(me.available ? 'account.goAway' : 'account.comeBack'),
    group: 'do',
    icon: me.available ? IconUserOff : IconUserCheck,
    run: () => changeMe({ available: !me.available }),
  });
  const settings: Command[] = SCHEMES.map(([scheme, icon]) => ({
    id: `scheme-${scheme}`,
    label: t(`palette.schemes.${scheme}`),
    group: 'settings',
    icon,
    run: () => setColorScheme(scheme),
  }));
  const title = { settings: t('settings.title'), keys: t('keys.title') };
  settings.push(
    {
      id: 'settings',
      label: title.settings,
      group: 'settings',
      icon: IconSettings,
      run: onSettings,
    },
    {
      id: 'keys',
      label: title.keys,
      group: 'settings',
      icon: IconKeyboard,
      shortcut: 'help',
      run: onHelp,
    },
  );
  return [...go, ...act, ...settings];
}
