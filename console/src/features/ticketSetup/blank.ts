import type { Setting } from '../../api/settings';
import type { StatusLabel, TicketField, TicketType, Topic } from './kinds';

/** As far apart as the buttons that move entries put them. */
const STEP = 10;
const LAST = 1000;

/** The place behind all others. */
export function lastPlace(others: readonly { position: number }[]): number {
  return Math.min(LAST, Math.max(0, ...others.map((one) => one.position)) + STEP);
}

export function blankField(): TicketField {
  return { id: '', kind: 'text', names: {}, hints: {}, choices: [] };
}

export function blankType(others: readonly TicketType[]): TicketType {
  return { id: '', names: {}, fields: [], departments: [], position: lastPlace(others) };
}

export function blankTopic(others: readonly Topic[]): Topic {
  return {
    id: '',
    names: {},
    hints: {},
    department_id: '',
    priority: 'normal',
    type_id: '',
    position: lastPlace(others),
  };
}

/** Stands for no status yet: the desk refuses it until one is chosen. */
export function blankLabel(others: readonly StatusLabel[]): StatusLabel {
  return {
    id: '',
    names: {},
    status: '' as StatusLabel['status'],
    is_name_of_status: false,
    position: lastPlace(others),
  };
}

export const TICKET_RULES: Setting<'ticket-rules'> = {
  id: 'tickets',
  reopen_hours: 14 * 24,
  type_to_resolve: false,
};
