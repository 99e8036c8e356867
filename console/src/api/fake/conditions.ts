import type { Vocabulary } from '../vocabulary';

type Asked = Vocabulary['conditions'][number];

const OPERATORS: Record<Asked['kind'], Asked['operators']> = {
  choice: ['is', 'is_not', 'is_empty', 'is_filled'],
  level: ['is', 'is_not', 'at_least', 'at_most'],
  set: ['has', 'has_not', 'is_empty', 'is_filled'],
  text: ['is', 'is_not', 'contains', 'contains_not', 'is_empty', 'is_filled'],
  words: ['has', 'has_not', 'contains', 'contains_not', 'is_empty', 'is_filled'],
  flag: ['is_true', 'is_false'],
  number: ['is', 'is_not', 'at_least', 'at_most', 'is_empty', 'is_filled'],
  date: ['is', 'is_not', 'at_least', 'at_most', 'is_empty', 'is_filled'],
  hours: ['inside', 'outside'],
};

const ask = (field: string, kind: Asked['kind'], values_from = '', of_a_moment = false): Asked => ({
  field,
  kind,
  operators: OPERATORS[kind],
  values_from,
  of_a_moment,
});

/** What the demo's desk can be asked of a ticket. */
export const CONDITIONS: Asked[] = [
  ask('department', 'choice', 'departments'),
  ask('priority', 'level', 'priorities'),
  ask('status', 'choice', 'statuses'),
  ask('topic', 'choice', 'topics'),
  ask('type', 'choice', 'ticket_types'),
  ask('tags', 'set', 'tags'),
  ask('channel', 'choice', 'channels'),
  ask('mailbox', 'choice', 'mailboxes'),
  ask('assignee', 'choice', 'agents'),
  ask('language', 'choice', 'languages'),
  ask('subject', 'text'),
  ask('requester_address', 'text'),
  ask('requester_domain', 'choice'),
  ask('organisation', 'choice', 'organisations'),
  ask('internal', 'flag'),
  ask('body', 'words', '', true),
  ask('sender_address', 'text', '', true),
  ask('sender_domain', 'choice', '', true),
  ask('recipient', 'set', '', true),
  ask('attachment', 'flag', '', true),
  ask('automatic', 'flag', '', true),
  ask('business_hours', 'hours', 'calendars', true),
  ask('hours_since_created', 'number', '', true),
  ask('hours_since_last_message', 'number', '', true),
  ask('field:bought', 'date'),
  ask('field:inspected', 'flag'),
  ask('field:order', 'text'),
  ask('field:pieces', 'number'),
  ask('field:reason', 'choice', 'fields'),
  ask('field:wants', 'set', 'fields'),
];
