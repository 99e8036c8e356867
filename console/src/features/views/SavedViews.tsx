import { Tooltip } from '@mantine/core';
import { IconListSearch, IconStar } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { View } from '../../api/types';
import classes from '../../app/Rail.module.css';
import { useNames } from '../people/useNames';
import { useSavedViews } from './useView';

interface Props {
  /** The list that is open; null elsewhere. */
  here: string | null;
  department: string | null;
  isNarrow: boolean;
  onChosen?: (() => void) | undefined;
}

/** The rail's saved views: shared ones, then one's own; a split one with its departments. */
export function SavedViews(props: Props) {
  const { t } = useTranslation();
  const views = useSavedViews();
  const groups = [
    { label: t('savedViews.shared'), views: views.filter(({ personal }) => !personal) },
    { label: t('savedViews.own'), views: views.filter(({ personal }) => personal) },
  ];
  return groups
    .filter((group) => group.views.length > 0)
    .map(({ label, views: own }) => (
      <section key={label} aria-label={label}>
        <h2 className={props.isNarrow ? 'visually-hidden' : classes.heading}>{label}</h2>
        <ul className={classes.links}>
          {own.map((view) => (
            <Entry key={view.id} view={view} {...props} />
          ))}
        </ul>
      </section>
    ));
}

function Entry({ view, here, department, isNarrow, onChosen }: Props & { view: View }) {
  const names = useNames();
  const Icon = view.personal ? IconStar : IconListSearch;
  const isHere = here === view.id;
  return (
    <li>
      <Tooltip label={view.name} position="right" disabled={!isNarrow}>
        <Link
          to="/lists/$view"
          params={{ view: view.id }}
          search={{}}
          className={classes.link}
          data-here={(isHere && !department) || undefined}
          aria-current={isHere && !department ? 'page' : undefined}
          onClick={onChosen}
        >
          <Icon size={17} stroke={1.8} aria-hidden />
          <span className={isNarrow ? 'visually-hidden' : classes.label}>{view.name}</span>
          <span className={classes.count}>{view.count}</span>
        </Link>
      </Tooltip>
      {!isNarrow && (view.parts?.length ?? 0) > 1 && (
        <ul className={classes.links} aria-label={view.name}>
          {view.parts?.map(({ department_id: id, count }) => (
            <li key={id}>
              <Link
                to="/lists/$view"
                params={{ view: view.id }}
                search={{ department: id }}
                className={`${classes.link} ${classes.partOfView}`}
                data-here={(isHere && department === id) || undefined}
                aria-current={isHere && department === id ? 'page' : undefined}
                onClick={onChosen}
              >
                <span className={classes.label}>{names.department(id)}</span>
                <span className={classes.count}>{count}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
