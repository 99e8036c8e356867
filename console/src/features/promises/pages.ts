import { IconAlarm, IconCalendarTime, IconHeartHandshake, type Icon } from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import type en from '../../i18n/en.json';
import type { SetupPage, SetupPageProps } from '../setup/page';

const pageOf = (
  id: keyof typeof en.promises.pages,
  icon: Icon,
  component: ComponentType<SetupPageProps>,
): SetupPage => ({
  id,
  group: 'promises',
  icon,
  title: (t) => t(`promises.pages.${id}.title`),
  lead: (t) => t(`promises.pages.${id}.lead`),
  component,
});

/** Pages about what the desk promises, and what happens as time passes. */
export const promisePages: readonly SetupPage[] = [
  pageOf(
    'service-levels',
    IconHeartHandshake,
    lazy(() => import('./ServiceLevels').then((found) => ({ default: found.ServiceLevels }))),
  ),
  pageOf(
    'time-rules',
    IconAlarm,
    lazy(() => import('./TimeRules').then((found) => ({ default: found.TimeRules }))),
  ),
  pageOf(
    'calendars',
    IconCalendarTime,
    lazy(() => import('./Calendars').then((found) => ({ default: found.Calendars }))),
  ),
];
