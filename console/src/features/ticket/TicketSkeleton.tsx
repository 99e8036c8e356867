import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './TicketPane.module.css';

/** The shape of a ticket while it is on its way. */
export function TicketSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.skeleton} aria-busy aria-label={t('ticket.loading')}>
      <Skeleton height={24} width="55%" />
      <Skeleton height={18} width="40%" />
      <Skeleton height={120} mt={16} />
      <Skeleton height={90} />
      <Skeleton height={140} />
    </div>
  );
}
