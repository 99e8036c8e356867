import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { viewsQuery } from '../../api/queries';
import { isFixed, type View, type ViewId } from '../../api/types';

const NONE: View[] = [];
const savedOnes = (views: View[]): View[] => views.filter(({ id }) => !isFixed(id));

/** The views that were saved for this agent, in their order: shared ones, then his own. */
export function useSavedViews(): View[] {
  const { data } = useQuery({ ...viewsQuery(useDesk()), select: savedOnes });
  return data ?? NONE;
}

/** What a list is called. */
export function useViewName(view: ViewId): string {
  const { t } = useTranslation();
  const { data: own } = useQuery({
    ...viewsQuery(useDesk()),
    select: (views) => views.find(({ id }) => id === view)?.name,
  });
  return isFixed(view) ? t(`views.${view}`) : (own ?? t('savedViews.one'));
}
