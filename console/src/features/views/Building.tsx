import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { savedViewQuery } from '../../api/queries';
import type { ViewId } from '../../api/types';
import classes from './Views.module.css';

/** How far a view is that is being made; what it showed before is shown meanwhile. */
export function Building({ view }: { view: ViewId }) {
  const { t } = useTranslation();
  const { data } = useQuery(savedViewQuery(useDesk(), view));
  const { done = 0, total = 0 } = data ?? {};
  const words = total ? t('savedViews.building', { done, total }) : t('savedViews.buildingSoon');
  return (
    <div className={classes.building}>
      <p role="status">{words}</p>
      <Progress value={total ? (100 * done) / total : 0} size="sm" aria-label={words} />
    </div>
  );
}
