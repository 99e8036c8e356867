import { IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../api/savedViews';
import type { TicketSummary } from '../../api/types';
import type { Here } from '../../app/here';
import { Initials } from '../people/Initials';
import type { Names } from '../people/useNames';
import { SlaBadge } from '../sla/SlaBadge';
import { PriorityFlag } from '../ticket/PriorityMark';
import { StatusWord } from '../ticket/status';
import { Facts } from './Facts';
import classes from './TicketRow.module.css';

interface Props {
  row: TicketSummary;
  beside: Here['beside'];
  names: Names;
  isSelected: boolean;
  isUnread: boolean;
  /** In a list that has the whole width, facts stand in columns. */
  isWide: boolean;
  columns: readonly Column[];
}

/** Drawn anew only when something of its own has changed: a list may hold hundreds. */
export const TicketRow = memo(function TicketRow({
  row,
  beside,
  names,
  isSelected,
  isUnread,
  isWide,
  columns,
}: Props) {
  const { t } = useTranslation();
  const { number, requester } = row;
  const shows = (column: Column): boolean => columns.includes(column);
  const owner = row.assignee_id ? names.agent(row.assignee_id) : null;
  return (
    <Link
      to="/tickets/$number"
      params={{ number }}
      search={beside}
      className={classes.row}
      data-wide={isWide || undefined}
      data-selected={isSelected || undefined}
      data-unread={isUnread || undefined}
      data-row={number}
      aria-current={isSelected ? 'true' : undefined}
    >
      <span className={classes.dot}>
        {isUnread && <span className="visually-hidden">{t('lists.unread')}</span>}
      </span>
      <span className={classes.requester}>
        <PriorityFlag priority={row.priority} />
        <span className={classes.name}>{requester.name || requester.email}</span>
      </span>
      <span className={classes.due}>
        {shows('time_left') && <SlaBadge badge={row.badge} size="short" />}
      </span>
      <span className={classes.what}>
        <span className={classes.subject}>
          {row.internal && (
            <span className={classes.internal}>
              <IconLock size={12} stroke={2.2} aria-hidden />
              {t('internal.mark')}
            </span>
          )}
          {row.subject}
        </span>
        <span className={classes.preview}>{row.last_message_preview}</span>
      </span>
      <span className={classes.facts}>
        {shows('status') && (
          <span className={classes.status}>
            <StatusWord status={row.status} word={names.status(row.status, row.label_id)} />
          </span>
        )}
        {shows('department') && (
          <span className={classes.department}>{names.department(row.department_id)}</span>
        )}
        <Facts row={row} names={names} columns={columns} />
        <span className={classes.tags}>
          {(shows('tags') ? row.tags : []).slice(0, 3).map((tag) => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
        </span>
      </span>
      <span className={classes.owner}>
        {!shows('assignee') ? null : owner ? (
          <Initials name={owner} of="agent" size={22} />
        ) : (
          <span className={classes.nobody} role="img" aria-label={t('ticket.nobody')} />
        )}
      </span>
    </Link>
  );
});
