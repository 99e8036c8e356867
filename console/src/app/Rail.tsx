import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconChecklist,
  IconInbox,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconReport,
  IconSearch,
  IconSettings,
  IconUser,
  IconUserQuestion,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../api/desk';
import { viewsQuery } from '../api/queries';
import { isFixed, VIEW_IDS, type FixedView, type ListFilter, type ViewId } from '../api/types';
import { AccountMenu, Availability } from '../features/account/AccountMenu';
import { prefer } from '../features/account/preferences';
import { NoticesMenu } from '../features/notices/NoticesMenu';
import { openPalette } from '../features/palette/Palette';
import { initialsOf } from '../features/people/Initials';
import { useMe } from '../features/people/useNames';
import { SavedViews } from '../features/views/SavedViews';
import classes from './Rail.module.css';

const ICONS: Record<FixedView, typeof IconInbox> = {
  to_solve: IconChecklist,
  mine: IconUser,
  unassigned: IconUserQuestion,
  all_open: IconInbox,
};

interface Props {
  view: ViewId;
  filter: ListFilter;
  page: string | null;
  report: string | null;
  isNarrow: boolean;
  /** Where the rail is a drawer, choosing closes it. */
  onChosen?: () => void;
  onSettings: () => void;
  onHelp: () => void;
  onSignOut: () => void;
}

export const Rail = memo(function Rail({
  view,
  filter,
  page,
  report,
  isNarrow,
  onChosen,
  ...doors
}: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: views } = useQuery(viewsQuery(useDesk()));
  const isElsewhere = page !== null || report !== null;
  const countOf = (id: ViewId) => views?.find((one) => one.id === id)?.count;
  const departments = me.all_departments.filter(
    (one) => me.role === 'administrator' || me.departments.includes(one.id),
  );
  return (
    <nav
      className={classes.rail}
      data-narrow={isNarrow || undefined}
      aria-label={t('rail.label')}
      data-fills={onChosen ? true : undefined}
    >
      <div className={classes.desk}>
        {!isNarrow && <span className={classes.deskName}>{me.desk_name}</span>}
        <NoticesMenu />
      </div>
      <button type="button" className={classes.search} onClick={openPalette}>
        <IconSearch size={16} aria-hidden />
        <span className={isNarrow ? 'visually-hidden' : classes.label}>{t('rail.find')}</span>
        {!isNarrow && <kbd className={classes.kbd}>{modKey()} K</kbd>}
      </button>
      <ul className={classes.links}>
        {VIEW_IDS.map((id) => {
          const Icon = ICONS[id];
          const count = countOf(id);
          return (
            <li key={id}>
              <Tooltip label={t(`views.${id}`)} position="right" disabled={!isNarrow}>
                <Link
                  to="/lists/$view"
                  params={{ view: id }}
                  className={classes.link}
                  data-here={(!isElsewhere && id === view && !filter.department) || undefined}
                  aria-current={!isElsewhere && id === view ? 'page' : undefined}
                  onClick={onChosen}
                >
                  <Icon size={17} stroke={1.8} aria-hidden />
                  <span className={isNarrow ? 'visually-hidden' : classes.label}>
                    {t(`views.${id}`)}
                  </span>
                  <span className={classes.count}>{count === undefined ? '' : count}</span>
                </Link>
              </Tooltip>
            </li>
          );
        })}
      </ul>
      <SavedViews
        here={isElsewhere ? null : view}
        department={filter.department ?? null}
        isNarrow={isNarrow}
        onChosen={onChosen}
      />
      {departments.length > 1 && (
        <>
          <h2 className={isNarrow ? 'visually-hidden' : classes.heading}>
            {t('rail.departments')}
          </h2>
          <ul className={classes.links}>
            {departments.map(({ id, name }) => (
              <li key={id}>
                <Tooltip label={name} position="right" disabled={!isNarrow}>
                  <Link
                    to="/lists/$view"
                    params={{ view: 'all_open' }}
                    search={{ department: id }}
                    className={classes.link}
                    data-here={
                      (!isElsewhere && isFixed(view) && filter.department === id) || undefined
                    }
                    onClick={onChosen}
                  >
                    <span className={classes.letter} aria-hidden>
                      {initialsOf(name)}
                    </span>
                    <span className={isNarrow ? 'visually-hidden' : classes.label}>{name}</span>
                  </Link>
                </Tooltip>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className={classes.bottom}>
        {(me.role === 'administrator' || me.role === 'supervisor') && (
          <ReportLink isHere={report !== null} isNarrow={isNarrow} onChosen={onChosen} />
        )}
        {me.role === 'administrator' && (
          <SetupLink page={page} isNarrow={isNarrow} onChosen={onChosen} />
        )}
        {!isNarrow && <Availability />}
        <div className={classes.account}>
          <AccountMenu isNarrow={isNarrow} {...doors} />
          {!onChosen && <Fold isNarrow={isNarrow} />}
        </div>
      </div>
    </nav>
  );
});

/** The door to the report, for those who lead a department. */
function ReportLink({
  isHere,
  isNarrow,
  onChosen,
}: Pick<Props, 'isNarrow' | 'onChosen'> & { isHere: boolean }) {
  const { t } = useTranslation();
  const label = t('reports.breaches.title');
  return (
    <Tooltip label={label} position="right" disabled={!isNarrow}>
      <Link
        to="/reports/$report"
        params={{ report: 'breaches' }}
        className={classes.link}
        data-here={isHere || undefined}
        onClick={onChosen}
      >
        <IconReport size={17} stroke={1.8} aria-hidden />
        <span className={isNarrow ? 'visually-hidden' : classes.label}>{label}</span>
      </Link>
    </Tooltip>
  );
}

/** The door to the set-up, for administrators. */
function SetupLink({ page, isNarrow, onChosen }: Pick<Props, 'page' | 'isNarrow' | 'onChosen'>) {
  const { t } = useTranslation();
  const label = t('setup.label');
  return (
    <Tooltip label={label} position="right" disabled={!isNarrow}>
      <Link
        to="/setup"
        className={classes.link}
        data-here={page !== null || undefined}
        onClick={onChosen}
      >
        <IconSettings size={17} stroke={1.8} aria-hidden />
        <span className={isNarrow ? 'visually-hidden' : classes.label}>{label}</span>
      </Link>
    </Tooltip>
  );
}

function Fold({ isNarrow }: { isNarrow: boolean }) {
  const { t } = useTranslation();
  const Icon = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <ActionIcon
      className={classes.fold}
      variant="subtle"
      color="gray"
      aria-label={t(isNarrow ? 'rail.unfold' : 'rail.fold')}
      onClick={() => prefer({ railCollapsed: !isNarrow })}
    >
      <Icon size={18} stroke={1.8} aria-hidden />
    </ActionIcon>
  );
}

function modKey(): string {
  return navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';
}
