import { IconBolt, IconMessage2Bolt, IconWebhook, type Icon } from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import type en from '../../i18n/en.json';
import type { SetupPage, SetupPageProps } from '../setup/page';

const pageOf = (
  id: keyof typeof en.rules.pages,
  icon: Icon,
  component: ComponentType<SetupPageProps>,
): SetupPage => ({
  id,
  group: 'work',
  icon,
  title: (t) => t(`rules.pages.${id}.title`),
  lead: (t) => t(`rules.pages.${id}.lead`),
  component,
});

/** Pages about what saves work: what happens by itself, and words that are ready. */
export const rulePages: readonly SetupPage[] = [
  pageOf(
    'event-rules',
    IconBolt,
    lazy(() => import('./EventRules').then((found) => ({ default: found.EventRules }))),
  ),
  {
    ...pageOf(
      'answers',
      IconMessage2Bolt,
      lazy(() =>
        import('../answers/AnswersPage').then((found) => ({ default: found.AnswersPage })),
      ),
    ),
    isForEverybody: true,
  },
  pageOf(
    'webhooks',
    IconWebhook,
    lazy(() => import('./Webhooks').then((found) => ({ default: found.Webhooks }))),
  ),
];
