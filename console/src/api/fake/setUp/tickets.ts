import type { Setting } from '../../settings';

export const TOPICS: Setting<'topics'>[] = [
  {
    id: 'invoices',
    department_id: 'billing',
    names: { en: 'Invoices and payments' },
    hints: {},
    priority: 'normal',
    position: 10,
    type_id: '',
  },
  {
    id: 'delivery',
    department_id: 'shipping',
    names: { en: 'Where is my order' },
    hints: {},
    priority: 'normal',
    position: 20,
    type_id: '',
  },
];
export const FIELDS: Setting<'fields'>[] = [];
export const TICKET_TYPES: Setting<'ticket-types'>[] = [];
export const STATUS_LABELS: Setting<'status-labels'>[] = [];
export const TICKET_RULES: Setting<'ticket-rules'>[] = [];
