import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Effect, Trial } from '../../api/answersDesk';
import { useDesk } from '../../api/desk';
import { problemText } from '../../app/say';
import classes from './Rules.module.css';
import { useEffectWords } from './useEffectWords';
import type { EventRule } from './useEventRuleWords';

/** What the rule would do to tickets that are there, as it stands in the form; nothing is changed. */
export function DryRun({ rule }: { rule: EventRule }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [pages, setPages] = useState<Trial[]>([]);
  const [tried, setTried] = useState('');
  const run = useMutation({
    mutationFn: (cursor: string) =>
      desk.rules.tryRule({ ...rule, id: rule.id || 'new', name: rule.name || 'new' }, cursor),
    onSuccess: (page, cursor) => {
      setTried(JSON.stringify(rule));
      setPages((before) => (cursor ? [...before, page] : [page]));
    },
  });
  const looked = pages.reduce((sum, page) => sum + page.looked_at, 0);
  const found = pages.flatMap(({ tickets }) => tickets);
  const next = pages.at(-1)?.next ?? '';
  const isOld = pages.length > 0 && tried !== JSON.stringify(rule);
  return (
    <section className={classes.trial} aria-label={t('rules.try.title')}>
      <h2>{t('rules.try.title')}</h2>
      <p className={classes.hint}>{t('rules.try.lead')}</p>
      <div>
        <Button variant="default" loading={run.isPending} onClick={() => run.mutate('')}>
          {t('rules.try.button')}
        </Button>
      </div>
      <div role="status">
        {run.error && <p className={classes.fault}>{problemText(run.error, t)}</p>}
        {pages.length > 0 && !run.error && (
          <p>
            {t('rules.try.found', { count: found.length, looked })}
            {isOld && ` ${t('rules.try.old')}`}
          </p>
        )}
      </div>
      {found.length > 0 && (
        <ol className={classes.tickets} aria-label={t('rules.try.list')}>
          {found.map(({ number, subject, effects }) => (
            <li key={number}>
              <Link to="/tickets/$number" params={{ number }}>
                #{number} {subject}
              </Link>
              <ul>
                {effects.map((effect, place) => (
                  <li key={place}>
                    <EffectLine effect={effect} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
      {next && (
        <div>
          <Button variant="default" loading={run.isPending} onClick={() => run.mutate(next)}>
            {t('rules.try.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function EffectLine({ effect }: { effect: Effect }) {
  const { t } = useTranslation();
  const say = useEffectWords();
  const { label, before, after } = say(effect);
  if (!after && !before) return <>{label}</>;
  return (
    <>
      <span className={classes.what}>{label}</span>
      {before && <del>{before}</del>} {before && <span aria-hidden>→</span>}{' '}
      {after ? <ins>{after}</ins> : <em>{t('rules.try.empty')}</em>}
    </>
  );
}
