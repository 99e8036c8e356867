import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../api/desk';
import { meQuery } from '../api/queries';
import { OutboxProvider } from '../features/outbox/OutboxProvider';
import { languageFor, speak } from '../i18n';
import classes from './Inside.module.css';
import { problemText } from './say';
import { useSignOut } from './signOut';

/** What is behind the sign-in; nothing of it is shown before the desk has said who this is. */
export function Inside() {
  const { t } = useTranslation();
  const signOut = useSignOut();
  const { data: me, error, refetch } = useQuery(meQuery(useDesk()));
  const language = me?.language;
  useEffect(() => {
    if (language) void speak(languageFor(language));
  }, [language]);
  if (me) {
    return (
      <OutboxProvider>
        <Outlet />
      </OutboxProvider>
    );
  }
  if (!error) return <Loading />;
  return (
    <main className={classes.message} role="alert">
      <h1>{t('app.notIn')}</h1>
      <p>{problemText(error, t)}</p>
      <Button onClick={() => void refetch()}>{t('problem.again')}</Button>
      <Button variant="subtle" onClick={signOut}>
        {t('account.signOut')}
      </Button>
    </main>
  );
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <div className={classes.loading} aria-busy aria-label={t('app.loading')}>
      <div className={classes.rail}>
        <Skeleton height={20} width="70%" />
        <Skeleton height={28} mt={18} />
        <Skeleton height={16} mt={18} />
        <Skeleton height={16} mt={14} />
        <Skeleton height={16} mt={14} />
      </div>
    </div>
  );
}
