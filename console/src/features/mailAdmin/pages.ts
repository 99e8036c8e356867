import {
  IconBan,
  IconMailbox,
  IconMailOff,
  IconMailPause,
  IconRefreshAlert,
  IconRulerMeasure,
} from '@tabler/icons-react';

/** Pages about the desk's mail, for administrators, as they stand in the rail. */
export const MAIL_PAGES = [
  'suspended',
  'blocked',
  'suppressed',
  'mailboxes',
  'rules',
  'dead-letters',
] as const;
export type MailPage = (typeof MAIL_PAGES)[number];

export const MAIL_ICONS: Record<MailPage, typeof IconBan> = {
  suspended: IconMailPause,
  blocked: IconBan,
  suppressed: IconMailOff,
  mailboxes: IconMailbox,
  rules: IconRulerMeasure,
  'dead-letters': IconRefreshAlert,
};

export function isMailPage(value: unknown): value is MailPage {
  return (MAIL_PAGES as readonly unknown[]).includes(value);
}
