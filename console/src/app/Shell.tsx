import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { ViewId } from '../api/types';
import { usePreferences } from '../features/account/preferences';
import { SettingsDialog } from '../features/account/SettingsDialog';
import { HelpDialog } from '../features/keyboard/HelpDialog';
import { listenForShortcuts, useShortcut } from '../features/keyboard/shortcuts';
import { ListPane } from '../features/lists/ListPane';
import { OutboxBar } from '../features/outbox/OutboxBar';
import { Palette } from '../features/palette/Palette';
import { useMe } from '../features/people/useNames';
import { TicketSkeleton } from '../features/ticket/TicketSkeleton';
import { useViewName } from '../features/views/useView';
import { useHere } from './here';
import { Rail } from './Rail';
import classes from './Shell.module.css';
import { useSignOut } from './signOut';

const TicketPane = lazy(() =>
  import('../features/ticket/TicketPane').then((found) => ({ default: found.TicketPane })),
);
const Breaches = lazy(() =>
  import('../features/reports/Breaches').then((found) => ({ default: found.Breaches })),
);
const SetupFrame = lazy(() =>
  import('../features/setup/SetupFrame').then((found) => ({ default: found.SetupFrame })),
);
const NewTicketDialog = lazy(() =>
  import('../features/newTicket/NewTicketDialog').then((found) => ({
    default: found.NewTicketDialog,
  })),
);

type Door = 'settings' | 'help' | 'newTicket' | 'rail';

/** Rail, list and ticket side by side, as many as there is room for. */
export function Shell() {
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { railCollapsed } = usePreferences();
  const [open, setOpen] = useState<Door | null>(null);
  const { view, filter, number, page, report, entry, beside } = useHere();
  const isPhone = useMediaQuery('(max-width: 899px)', false, { getInitialValueInEffect: false });
  const isTight = useMediaQuery('(max-width: 1279px)', false, { getInitialValueInEffect: false });
  const viewName = useViewName(view);
  const close = (): void => setOpen(null);
  const doors = useMemo(
    () => ({
      onHelp: () => setOpen('help'),
      onSettings: () => setOpen('settings'),
      onNewTicket: () => setOpen('newTicket'),
      onRail: () => setOpen('rail'),
    }),
    [],
  );
  const { onHelp, onSettings, onNewTicket, onRail } = doors;
  const goTo = (wanted: ViewId): void =>
    void navigate({ to: '/lists/$view', params: { view: wanted } });
  const back = useCallback(
    () => void navigate({ to: '/lists/$view', params: { view }, search: filter }),
    [navigate, view, filter],
  );

  useEffect(listenForShortcuts, []);
  useEffect(() => {
    if (number === null && page === null && report === null)
      document.title = `${viewName} · ${me.desk_name}`;
  }, [number, page, report, viewName, me.desk_name]);
  useShortcut('back', back, number !== null);
  useShortcut('help', onHelp);
  useShortcut('newTicket', onNewTicket, me.role !== 'collaborator');
  useShortcut('goToSolve', () => goTo('to_solve'));
  useShortcut('goMine', () => goTo('mine'));
  useShortcut('goUnassigned', () => goTo('unassigned'));
  useShortcut('goAllOpen', () => goTo('all_open'));

  const rail = { view, filter, page, report, onSettings, onHelp, onSignOut: signOut };
  return (
    <div className={classes.shell} data-ticket={number !== null || undefined}>
      {isPhone ? (
        <Drawer
          opened={open === 'rail'}
          onClose={close}
          size={264}
          padding={0}
          styles={{ body: { height: '100%' } }}
          withCloseButton={false}
        >
          <Rail {...rail} isNarrow={false} onChosen={close} />
        </Drawer>
      ) : (
        <Rail {...rail} isNarrow={isTight || railCollapsed} />
      )}
      {page !== null && (
        <div className={classes.list}>
          <Suspense fallback={<TicketSkeleton />}>
            <SetupFrame key={page} page={page} entry={entry} onRail={onRail} />
          </Suspense>
        </div>
      )}
      {report !== null && (
        <div className={classes.list}>
          <Suspense fallback={<TicketSkeleton />}>
            <Breaches onRail={onRail} />
          </Suspense>
        </div>
      )}
      {page === null && report === null && (!isPhone || number === null) && (
        <div className={classes.list}>
          <ListPane
            key={`${view} ${filter.department ?? ''} ${filter.status ?? ''}`}
            view={view}
            filter={filter}
            selected={number}
            onRail={onRail}
            onNewTicket={onNewTicket}
          />
        </div>
      )}
      {number !== null && (
        <div className={classes.ticket}>
          <Suspense fallback={<TicketSkeleton />}>
            <TicketPane key={number} number={number} onBack={back} />
          </Suspense>
        </div>
      )}
      <OutboxBar />
      <Palette
        doors={doors}
        onTicket={(wanted) =>
          void navigate({ to: '/tickets/$number', params: { number: wanted }, search: beside })
        }
      />
      <HelpDialog opened={open === 'help'} onClose={close} />
      <SettingsDialog opened={open === 'settings'} onClose={close} />
      <Suspense>
        <NewTicketDialog opened={open === 'newTicket'} onClose={close} />
      </Suspense>
    </div>
  );
}
