import {
  IconAlignLeft,
  IconCalendar,
  IconCheckbox,
  IconCircleDot,
  IconDeviceLaptop,
  IconListCheck,
  IconMapPin,
  IconNumbers,
} from '@tabler/icons-react';
import type { Setting } from '../../api/settings';

export type TicketField = Setting<'fields'>;
export type TicketType = Setting<'ticket-types'>;
export type Topic = Setting<'topics'>;
export type StatusLabel = Setting<'status-labels'>;
export type FieldUse = TicketType['fields'][number];
export type Choice = TicketField['choices'][number];
export type FieldKind = TicketField['kind'];
export type RequiredAt = FieldUse['required'];

export const FIELD_KINDS = [
  'text',
  'number',
  'date',
  'choice',
  'multi_choice',
  'checkbox',
  'location',
  'asset',
] as const satisfies readonly FieldKind[];

export const KIND_ICONS: Record<FieldKind, typeof IconAlignLeft> = {
  text: IconAlignLeft,
  number: IconNumbers,
  date: IconCalendar,
  choice: IconCircleDot,
  multi_choice: IconListCheck,
  checkbox: IconCheckbox,
  location: IconMapPin,
  asset: IconDeviceLaptop,
};

export const NEEDS_CHOICES: readonly FieldKind[] = ['choice', 'multi_choice'];
export const MAY_HAVE_CHOICES: readonly FieldKind[] = [...NEEDS_CHOICES, 'location', 'asset'];
export const REQUIRED_AT: readonly RequiredAt[] = ['never', 'creation', 'resolve'];
