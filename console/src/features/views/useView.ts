import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { viewsQuery } from '../../api/queries';
import { isFixed, type View, type ViewId } from '../../api/types';

/** The views that were saved for this agent, in their order: shared ones, then his own. */
export function useSavedViews(): View[] {
  const { data } = useQuery(viewsQuery(useDesk()));
  return data?.filter(({ id }) => !isFixed(id)) ?? [];
}

/** What a list is called. */
export function useViewName(view: ViewId): string {
  const { t } = useTranslation();
  const saved = useSavedViews().find(({ id }) => id === view);
  return isFixed(view) ? t(`views.${view}`) : (saved?.name ?? t('savedViews.one'));
}
