import { Button } from '@mantine/core';
import { IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/answersDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { useMe } from '../people/useNames';
import { NEW, type SetupPageProps } from '../setup/page';
import classes from '../setup/Setup.module.css';
import { Standing } from '../setup/Standing';
import { useFocusBack } from '../setup/useFocusBack';
import { AnswerForm } from './AnswerForm';
import { useOwners } from './useOwners';

const PAGE = 'answers';

/** Ready-made words: everybody's, those of departments, one's own. */
export function AnswersPage({ entry }: SetupPageProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const me = useMe();
  const navigate = useNavigate();
  const list = useQuery({ queryKey: keys.answers, queryFn: () => desk.answers.list() });
  const uses = useQuery({
    queryKey: keys.uses('answers'),
    queryFn: () => desk.rules.uses('answers'),
    enabled: me.role === 'administrator',
  });
  const all = list.data ?? [];
  const open = all.find(({ id }) => id === entry);
  if (entry === null || list.isPending || (list.error && !list.data)) {
    return (
      <Standing
        isPending={list.isPending}
        error={list.error}
        isEmpty={!list.data}
        onAgain={() => void list.refetch()}
        empty={{ title: t('answers.none'), advice: t('answers.noneAdvice') }}
      >
        <List all={all} uses={uses.data ?? {}} />
      </Standing>
    );
  }
  return (
    <>
      <Link to="/setup/$page" params={{ page: PAGE }} className={classes.back}>
        {t('setup.back', { list: t('rules.pages.answers.title') })}
      </Link>
      {open || entry === NEW ? (
        <AnswerForm
          known={open ?? null}
          onDone={() => void navigate({ to: '/setup/$page', params: { page: PAGE } })}
        />
      ) : (
        <p role="alert">{t('setup.gone')}</p>
      )}
    </>
  );
}

function List({ all, uses }: { all: readonly Answer[]; uses: Readonly<Record<string, number>> }) {
  const { t } = useTranslation();
  const owners = useOwners();
  const list = useFocusBack(PAGE);
  const place = ({ folder, title }: Answer): string => `${folder}\n${title}`;
  const sorted = all.toSorted(
    (a, b) => owners.placeOf(a.owner) - owners.placeOf(b.owner) || place(a).localeCompare(place(b)),
  );
  return (
    <>
      {sorted.length === 0 ? (
        <div className={classes.empty}>
          <h2>{t('answers.none')}</h2>
          <p>{t('answers.noneAdvice')}</p>
        </div>
      ) : (
        <ul ref={list} className={classes.rows} aria-label={t('rules.pages.answers.title')}>
          {sorted.map((answer) => (
            <li key={answer.id} className={classes.entry}>
              <Link
                to="/setup/$page/$entry"
                params={{ page: PAGE, entry: answer.id }}
                className={classes.opener}
                data-entry={answer.id}
              >
                <span className={classes.words}>
                  <span className={classes.name}>{answer.title}</span>
                  <span className={classes.detail}>
                    {[
                      t(`answers.kinds.${answer.kind}`),
                      owners.nameOf(answer.owner),
                      answer.folder,
                      uses[answer.id] ? t('answers.used', { count: uses[answer.id] }) : '',
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <IconChevronRight size={16} aria-hidden className={classes.chevron} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          renderRoot={(root) => (
            <Link to="/setup/$page/$entry" params={{ page: PAGE, entry: NEW }} {...root} />
          )}
        >
          {t('answers.add')}
        </Button>
      </div>
    </>
  );
}
