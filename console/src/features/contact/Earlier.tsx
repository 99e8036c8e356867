import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { ticketsOfQuery } from '../../api/queries';
import type { Ticket } from '../../api/types';
import { StatusMark } from '../ticket/status';
import { Ago } from '../time/Ago';
import classes from './Earlier.module.css';

/** What this requester asked besides, newest first. */
export function Earlier({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(
    ticketsOfQuery(useDesk(), ticket.requester.id),
  );
  const all = data?.pages.flatMap((page) => page.tickets);
  const others = all?.filter((one) => one.number !== ticket.number);
  if (!others) return <div className={classes.skeleton} aria-hidden />;
  if (!others.length) return <p className={classes.none}>{t('side.noEarlier')}</p>;
  return (
    <>
      <ul className={classes.earlier}>
        {others.map((one) => (
          <li key={one.number}>
            <Link
              to="/tickets/$number"
              params={{ number: one.number }}
              search={true}
              className={classes.ticket}
            >
              <span className={classes.subject}>{one.subject}</span>
              <span className={classes.facts}>
                <span className="mono">#{one.number}</span>
                <StatusMark status={one.status} label={one.label_id} />
                <Ago at={one.created_at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={isFetching}
          onClick={() => void fetchNextPage()}
        >
          {t('side.earlierMore')}
        </Button>
      )}
    </>
  );
}
