import { Button, MantineProvider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { theme } from '../theme/theme';
import classes from './Inside.module.css';
import { problemText } from './say';

/** Neither signed in nor on the way to it: the desk or its sign-in did not answer. */
export function StartFailed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <main className={classes.message} role="alert">
        <h1>{t('app.noSignIn')}</h1>
        <p>{problemText(error, t)}</p>
        <Button onClick={() => location.assign('/console/')}>{t('problem.again')}</Button>
      </main>
    </MantineProvider>
  );
}
