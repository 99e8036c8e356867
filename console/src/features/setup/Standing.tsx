import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../app/say';
import classes from './Setup.module.css';

interface Props {
  isPending: boolean;
  error: unknown;
  isEmpty: boolean;
  onAgain: () => void;
  /** What would be here, when nothing is. */
  empty: { title: string; advice: string };
  children: ReactNode;
}

/** A list while it is on its way, when it did not come, when it is empty, and as it is. */
export function Standing({ isPending, error, isEmpty, onAgain, empty, children }: Props) {
  const { t } = useTranslation();
  if (isPending) return <Waiting />;
  if (error && isEmpty) {
    return (
      <div className={classes.failed} role="alert">
        <p>{problemText(error, t)}</p>
        <Button variant="default" onClick={onAgain}>
          {t('problem.again')}
        </Button>
      </div>
    );
  }
  if (isEmpty) {
    return (
      <div className={classes.empty}>
        <h2>{empty.title}</h2>
        <p>{empty.advice}</p>
      </div>
    );
  }
  return children;
}

/** Rows of the size that lists have, until they are there. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <div aria-busy aria-label={t('setup.loading')}>
      <Skeleton height={52} mb={6} />
      <Skeleton height={52} mb={6} />
      <Skeleton height={52} />
    </div>
  );
}
