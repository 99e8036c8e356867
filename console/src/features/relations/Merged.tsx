import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import type { Ticket } from '../../api/types';
import classes from './Relations.module.css';
import { useChange } from './useChange';

/** Which ticket stands for which, and how to take them apart. */
export function Merged({ ticket, canChange }: { ticket: Ticket; canChange: boolean }) {
  const { t } = useTranslation();
  const { relations } = useDesk();
  const run = useChange(ticket);
  const numbers = ticket.merged_from.map((number) => `#${number}`).join(', ');
  return (
    <>
      {ticket.merged_into > 0 && (
        <p className={classes.none}>
          <Link to="/tickets/$number" params={{ number: ticket.merged_into }} search={true}>
            {t('links.mergedInto', { number: ticket.merged_into })}
          </Link>{' '}
          {canChange && (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => run(ticket.merged_into, () => relations.unmerge(ticket.number))}
            >
              {t('links.unmerge')}
            </Button>
          )}
        </p>
      )}
      {numbers && <p className={classes.none}>{t('links.mergedFrom', { numbers })}</p>}
    </>
  );
}
