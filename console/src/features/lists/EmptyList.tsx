import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isFixed, type ListFilter, type ViewId } from '../../api/types';
import classes from './EmptyList.module.css';

/** Says what would be here, and how it gets here. */
export function EmptyList({ view, filter }: { view: ViewId; filter: ListFilter }) {
  const { t } = useTranslation();
  const kind = isFixed(view) ? view : 'saved';
  const isFiltered = Boolean(filter.status ?? filter.department);
  return (
    <div className={classes.empty}>
      <IconInbox size={32} stroke={1.4} aria-hidden />
      <p className={classes.title}>{t(isFiltered ? 'empty.filtered' : `empty.${kind}.title`)}</p>
      <p className={classes.advice}>
        {t(isFiltered ? 'empty.filteredAdvice' : `empty.${kind}.advice`)}
      </p>
    </div>
  );
}
