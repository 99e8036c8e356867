import type { Setting } from '../../settings';

/** Business hours of the demo desk. */
export const CALENDARS: Setting<'calendars'>[] = [];
export const SLA_POLICIES: Setting<'sla-policies'>[] = [];
export const TIME_RULES: Setting<'time-rules'>[] = [];
