import { IconListSearch } from '@tabler/icons-react';
import { lazy } from 'react';
import type { SetupPage } from '../setup/page';

/** The page of shared views. */
export const viewPages: readonly SetupPage[] = [
  {
    id: 'views',
    group: 'tickets',
    icon: IconListSearch,
    title: (t) => t('savedViews.page.title'),
    lead: (t) => t('savedViews.page.lead'),
    component: lazy(() =>
      import('./SharedViews').then((found) => ({ default: found.SharedViews })),
    ),
  },
];
