import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Breach } from '../../api/reportsDesk';
import { useNames } from '../people/useNames';
import { dates, exact, shortSpan } from '../time/format';
import classes from './Breaches.module.css';

/** Missed promises as a table; each line opens the pieces of time that prove it. */
export function BreachTable({ breaches }: { breaches: Breach[] }) {
  const { t } = useTranslation();
  return (
    <div
      className={classes.tableScroll}
      tabIndex={0}
      role="region"
      aria-label={t('reports.breaches.title')}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('reports.columns.target')}</th>
            <th scope="col">{t('reports.columns.ticket')}</th>
            <th scope="col">{t('reports.columns.department')}</th>
            <th scope="col">{t('reports.columns.due')}</th>
            <th scope="col">{t('reports.columns.late')}</th>
            <th scope="col">{t('reports.columns.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {breaches.map((breach) => (
            <Line key={`${breach.number} ${breach.target} ${breach.due_at}`} breach={breach} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ breach }: { breach: Breach }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const [isOpen, setOpen] = useState(false);
  const proof = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const target = t(`target.${breach.target}`);
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <UnstyledButton
            className={classes.opens}
            aria-expanded={isOpen}
            aria-controls={isOpen ? proof : undefined}
            aria-label={t('reports.breaches.proof', { target, number: breach.number })}
            onClick={() => setOpen(!isOpen)}
          >
            <Chevron size={14} aria-hidden /> {target}
          </UnstyledButton>
        </th>
        <td className={classes.subject}>
          <Link to="/tickets/$number" params={{ number: breach.number }}>
            #{breach.number}
          </Link>{' '}
          {breach.subject ?? t('reports.breaches.gone')}
        </td>
        <td>{names.department(breach.department_id)}</td>
        <td>{moment(breach.due_at, i18n.language)}</td>
        <td className={classes.late}>{shortSpan(breach.late_seconds * 1000, t)}</td>
        <td>
          {t(`reports.outcome.${breach.outcome}`)}
          {breach.ended_at && `, ${moment(breach.ended_at, i18n.language)}`}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6} id={proof}>
            <Proof breach={breach} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function Proof({ breach }: { breach: Breach }) {
  const { t, i18n } = useTranslation();
  const allowed = shortSpan(breach.allowed_seconds * 1000, t);
  const counted = shortSpan(breach.running_seconds * 1000, t);
  return (
    <div className={classes.proof}>
      <p>{t('proof.countedOf', { counted, allowed })}</p>
      <ol>
        {breach.segments.map((piece) => (
          <li key={`${piece.starts_at} ${piece.kind}`} data-kind={piece.kind}>
            <time dateTime={piece.starts_at} title={exact(piece.starts_at, i18n.language)}>
              {moment(piece.starts_at, i18n.language)}
            </time>
            <span>{t(`proof.kinds.${piece.kind}`)}</span>
            <span>{shortSpan(piece.seconds * 1000, t)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function moment(at: string, language: string): string {
  return dates(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}
