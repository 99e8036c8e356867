import type { Setting } from '../../api/settings';
import type { StatusLabel, TicketField, TicketType, Topic } from './kinds';

export function blankField(): TicketField {
  return { id: '', kind: 'text', names: {}, hints: {}, choices: [] };
}

export function blankType(): TicketType {
  return { id: '', names: {}, fields: [], departments: [], position: 0 };
}

export function blankTopic(): Topic {
  return {
    id: '',
    names: {},
    hints: {},
    department_id: '',
    priority: 'normal',
    type_id: '',
    position: 0,
  };
}

/** Stands for no status yet: the desk refuses it until one is chosen. */
export function blankLabel(): StatusLabel {
  return {
    id: '',
    names: {},
    status: '' as StatusLabel['status'],
    is_name_of_status: false,
    position: 0,
  };
}

/** A desk that never said anything about it asks nobody. */
export const SATISFACTION_RULES: Setting<'satisfaction-rules'> = {
  id: 'satisfaction',
  is_active: false,
  after: 'resolved',
  delay_hours: 24,
  change_days: 14,
  excluded_departments: [],
};

export const TICKET_RULES: Setting<'ticket-rules'> = {
  id: 'tickets',
  reopen_hours: 14 * 24,
  type_to_resolve: false,
};
