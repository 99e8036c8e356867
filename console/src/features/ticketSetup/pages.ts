import {
  IconCategory,
  IconForms,
  IconListDetails,
  IconMessageQuestion,
  IconMoodSmile,
  IconTag,
} from '@tabler/icons-react';
import { lazy } from 'react';
import type { SetupPage } from '../setup/page';

const PARTS = {
  'ticket-types': {
    icon: IconCategory,
    component: lazy(() => import('./TypesPage').then((found) => ({ default: found.TypesPage }))),
  },
  fields: {
    icon: IconForms,
    component: lazy(() => import('./FieldsPage').then((found) => ({ default: found.FieldsPage }))),
  },
  'status-labels': {
    icon: IconTag,
    component: lazy(() => import('./LabelsPage').then((found) => ({ default: found.LabelsPage }))),
  },
  topics: {
    icon: IconMessageQuestion,
    component: lazy(() => import('./TopicsPage').then((found) => ({ default: found.TopicsPage }))),
  },
  'ticket-rules': {
    icon: IconListDetails,
    component: lazy(() =>
      import('./TicketRulesPage').then((found) => ({ default: found.TicketRulesPage })),
    ),
  },
  satisfaction: {
    icon: IconMoodSmile,
    component: lazy(() =>
      import('./SatisfactionPage').then((found) => ({ default: found.SatisfactionPage })),
    ),
  },
} as const;

/** What tickets are made of: types, fields, labels, topics, rules. */
export const ticketPages: SetupPage[] = (Object.keys(PARTS) as (keyof typeof PARTS)[]).map(
  (id) => ({
    id,
    group: 'tickets',
    title: (t) => t(`ticketSetup.pages.${id}.title`),
    lead: (t) => t(`ticketSetup.pages.${id}.lead`),
    ...PARTS[id],
  }),
);
