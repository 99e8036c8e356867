import { useTranslation } from 'react-i18next';
import type { Column } from '../../api/savedViews';
import type { TicketSummary } from '../../api/types';
import type { Names } from '../people/useNames';
import { Ago } from '../time/Ago';
import classes from './TicketRow.module.css';

interface Props {
  row: TicketSummary;
  names: Names;
  columns: readonly Column[];
}

/** What a saved view shows besides what every list does; each fact says what it is. */
export function Facts({ row, names, columns }: Props) {
  const { t } = useTranslation();
  const times: Partial<Record<Column, string | null>> = {
    waiting: row.waiting_since,
    created: row.created_at,
    updated: row.updated_at,
  };
  const words: Partial<Record<Column, string>> = {
    priority: t(`priority.${row.priority}`),
    type: row.type_id ? names.own('type', row.type_id) : '',
    channel: t(`channel.${row.channel}`),
  };
  return columns.map((column) => {
    const at = times[column];
    if (at) {
      return (
        <span key={column} className={classes.fact}>
          {t(`savedViews.columns.${column}`)} <Ago at={at} />
        </span>
      );
    }
    return words[column] ? (
      <span key={column} className={classes.fact}>
        {words[column]}
      </span>
    ) : null;
  });
}
