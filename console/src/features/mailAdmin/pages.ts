import {
  IconBan,
  IconMailbox,
  IconMailOff,
  IconMailPause,
  IconRefreshAlert,
  IconRulerMeasure,
  type Icon,
} from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import type en from '../../i18n/en.json';
import type { SetupPage, SetupPageProps } from '../setup/page';

const pageOf = (
  id: keyof typeof en.mail.pages,
  icon: Icon,
  component: ComponentType<SetupPageProps>,
): SetupPage => ({
  id,
  group: 'mail',
  icon,
  title: (t) => t(`mail.pages.${id}.title`),
  lead: (t) => t(`mail.pages.${id}.lead`),
  component,
});

/** Pages about the desk's mail. */
export const mailPages: readonly SetupPage[] = [
  pageOf(
    'suspended',
    IconMailPause,
    lazy(() => import('./SuspendedMails').then((found) => ({ default: found.SuspendedMails }))),
  ),
  pageOf(
    'blocked',
    IconBan,
    lazy(() => import('./BlockedSenders').then((found) => ({ default: found.BlockedSenders }))),
  ),
  pageOf(
    'suppressed',
    IconMailOff,
    lazy(() =>
      import('./SuppressedAddresses').then((found) => ({ default: found.SuppressedAddresses })),
    ),
  ),
  pageOf(
    'mailboxes',
    IconMailbox,
    lazy(() => import('./Mailboxes').then((found) => ({ default: found.Mailboxes }))),
  ),
  pageOf(
    'mail-rules',
    IconRulerMeasure,
    lazy(() => import('./MailRulesForm').then((found) => ({ default: found.MailRulesForm }))),
  ),
  pageOf(
    'dead-letters',
    IconRefreshAlert,
    lazy(() => import('./DeadLetters').then((found) => ({ default: found.DeadLetters }))),
  ),
];
