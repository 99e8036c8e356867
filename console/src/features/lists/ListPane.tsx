import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlayerTrackNext, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isFixed, type ListFilter, type TicketSummary, type ViewId } from '../../api/types';
import type { Column } from '../../api/savedViews';
import { PaneHeader } from '../../app/PaneHeader';
import { problemText } from '../../app/say';
import { usePreferences } from '../account/preferences';
import { useMe, useNames } from '../people/useNames';
import { EmptyList } from './EmptyList';
import { FilterMenu } from './FilterMenu';
import classes from './ListPane.module.css';
import { ListSkeleton } from './ListSkeleton';
import { useSeen, type Seen } from './seen';
import { TicketRow } from './TicketRow';
import { Building } from '../views/Building';
import { useSavedViews, useViewName } from '../views/useView';
import { ViewMenu } from '../views/ViewMenu';
import { useClaim } from './useClaim';
import { useList } from './useList';
import { useRowKeys } from './useRowKeys';

const OF_ALL_STATUSES: readonly ViewId[] = ['all_open', 'mine'];
const USUAL: readonly Column[] = ['time_left', 'department', 'tags', 'assignee'];
const WITH_STATUS: readonly Column[] = [...USUAL, 'status'];

interface Props {
  view: ViewId;
  filter: ListFilter;
  /** The ticket that is open beside the list. */
  selected: number | null;
  onRail: () => void;
  onNewTicket: () => void;
}

export const ListPane = memo(function ListPane({
  view,
  filter,
  selected,
  onRail,
  onNewTicket,
}: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const names = useNames();
  const seen = useSeen();
  const { density } = usePreferences();
  const list = useList(view, filter);
  const name = useViewName(view);
  const saved = useSavedViews().find((one) => one.id === view);
  const { claim, isClaiming, mayClaim } = useClaim();
  const isPhone = useMediaQuery('(max-width: 899px)', false, { getInitialValueInEffect: false });
  const isWide = selected === null && !isPhone;
  // Beside an open ticket the list is not what the page is about.
  const Pane = selected === null ? 'main' : 'section';
  const box = useRef<HTMLDivElement>(null);
  const cursor = useRowKeys(list.rows, selected, box);
  const navigate = useNavigate();
  const more = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;

  useEffect(() => {
    const mark = more.current;
    if (!mark || !hasNextPage || isFetchingNextPage) return undefined;
    const watcher = new IntersectionObserver(
      ([seenMark]) => {
        if (seenMark?.isIntersecting) void fetchNextPage();
      },
      { rootMargin: '400px' },
    );
    watcher.observe(mark);
    return () => watcher.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const beside = useMemo(() => ({ list: view, ...filter }), [view, filter]);
  const columns = saved?.columns ?? (OF_ALL_STATUSES.includes(view) ? WITH_STATUS : USUAL);
  const department = filter.department ? names.department(filter.department) : null;
  return (
    <Pane className={classes.pane} aria-label={t('lists.label')} data-density={density}>
      <PaneHeader
        heading={selected === null ? 'h1' : 'h2'}
        title={
          <>
            {name}
            {department && <span className={classes.part}>{department}</span>}
          </>
        }
        onRail={onRail}
      >
        <FilterMenu
          filter={filter}
          hasSolved={!isFixed(view)}
          onChange={(next) =>
            void navigate({ to: '.', search: (search) => ({ ...search, ...next }), replace: true })
          }
        />
        <ViewMenu view={view} filter={filter} />
        {me.role !== 'collaborator' && (
          <Tooltip label={t('newTicket.title')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('newTicket.title')}
              onClick={onNewTicket}
            >
              <IconPlus size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        {mayClaim && (
          <Tooltip label={t('lists.solveNextHint')}>
            <Button
              h={32}
              px="sm"
              loading={isClaiming}
              leftSection={<IconPlayerTrackNext size={15} aria-hidden />}
              onClick={() => claim()}
            >
              {t('lists.solveNext')}
            </Button>
          </Tooltip>
        )}
      </PaneHeader>
      {saved?.state === 'building' && <Building view={view} />}
      <div className={classes.scroll} ref={box}>
        {list.isError && !list.rows.length && (
          <div className={classes.failed} role="alert">
            <p>{problemText(list.error, t)}</p>
            <Button variant="default" onClick={() => void list.refetch()}>
              {t('problem.again')}
            </Button>
          </div>
        )}
        {list.isPending && <ListSkeleton isWide={isWide} />}
        {list.isSuccess && !list.rows.length && <EmptyList view={view} filter={filter} />}
        <ul className={classes.rows} aria-label={name}>
          {list.rows.map((row) => (
            <li key={row.number}>
              <TicketRow
                row={row}
                beside={beside}
                names={names}
                isSelected={row.number === (selected ?? cursor)}
                isUnread={isUnread(row, seen)}
                isWide={isWide}
                columns={columns}
              />
            </li>
          ))}
        </ul>
        <div ref={more} className={classes.more} aria-hidden={!isFetchingNextPage}>
          {isFetchingNextPage && t('lists.loadingMore')}
        </div>
      </div>
    </Pane>
  );
});

/** The customer wrote since this ticket was last read on this device. */
function isUnread(row: TicketSummary, seen: Seen): boolean {
  if (row.last_message_kind !== 'customer_message') return false;
  return (row.last_message_at ?? '') > (seen.tickets[row.number] ?? seen.since);
}
