import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { PaneHeader } from '../../app/PaneHeader';
import { useMe } from '../people/useNames';
import { setupPage } from './pages';
import classes from './Setup.module.css';
import { SetupMenu, SetupNav } from './SetupNav';
import { Waiting } from './Standing';

interface Props {
  page: string;
  entry: string | null;
  onRail: () => void;
}

/** What every page of the set-up stands in: the navigation, a title, what the page is for. */
export function SetupFrame({ page, entry, onRail }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const found = setupPage(page);
  const title = found?.title(t) ?? t('setup.label');
  const isAdministrator = me.role === 'administrator';
  const isAllowed = isAdministrator || (found?.isForEverybody ?? false);
  useEffect(() => {
    document.title = `${title} · ${me.desk_name}`;
  }, [title, me.desk_name]);
  return (
    <div className={classes.frame}>
      {isAdministrator && <SetupNav here={page} />}
      <main className={classes.pane} aria-label={title}>
        <PaneHeader title={title} onRail={onRail}>
          {isAdministrator && <SetupMenu here={page} />}
        </PaneHeader>
        <div className={classes.scroll}>
          <div className={classes.column}>
            {entry === null && <p className={classes.lead}>{found?.lead(t)}</p>}
            {isAllowed && found ? (
              <Suspense fallback={<Waiting />}>
                <found.component key={entry ?? ''} entry={entry} />
              </Suspense>
            ) : (
              <p role="alert">{t(isAllowed ? 'setup.unknown' : 'problem.notAllowed')}</p>
            )}
          </div>
        </div>
      </main>
    </div>
  );
}
