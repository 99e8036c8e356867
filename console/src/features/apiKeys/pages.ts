import { IconKey } from '@tabler/icons-react';
import { lazy } from 'react';
import type { SetupPage } from '../setup/page';

/** Programs that work with the desk, by keys of their own. */
export const apiKeyPages: readonly SetupPage[] = [
  {
    id: 'api-keys',
    group: 'people',
    icon: IconKey,
    title: (t) => t('apiKeys.title'),
    lead: (t) => t('apiKeys.lead'),
    component: lazy(() => import('./ApiKeys').then((found) => ({ default: found.ApiKeys }))),
  },
];
