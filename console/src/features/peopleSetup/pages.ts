import { IconBriefcase, IconBuilding, IconHome, IconScale, IconUsers } from '@tabler/icons-react';
import { lazy } from 'react';
import type { SetupPage } from '../setup/page';

const PARTS = {
  departments: {
    icon: IconBriefcase,
    component: lazy(() =>
      import('./DepartmentsPage').then((found) => ({ default: found.DepartmentsPage })),
    ),
  },
  agents: {
    icon: IconUsers,
    component: lazy(() => import('./AgentsPage').then((found) => ({ default: found.AgentsPage }))),
  },
  assignment: {
    icon: IconScale,
    component: lazy(() =>
      import('./AssignmentPage').then((found) => ({ default: found.AssignmentPage })),
    ),
  },
  organisations: {
    icon: IconBuilding,
    component: lazy(() =>
      import('./OrganisationsPage').then((found) => ({ default: found.OrganisationsPage })),
    ),
  },
  desk: {
    icon: IconHome,
    component: lazy(() => import('./DeskPage').then((found) => ({ default: found.DeskPage }))),
  },
} as const;

/** Who works here, for whom, and what the desk looks like to them. */
export const peoplePages: SetupPage[] = (Object.keys(PARTS) as (keyof typeof PARTS)[]).map(
  (id) => ({
    id,
    group: 'people',
    title: (t) => t(`peopleSetup.pages.${id}.title`),
    lead: (t) => t(`peopleSetup.pages.${id}.lead`),
    ...PARTS[id],
  }),
);
