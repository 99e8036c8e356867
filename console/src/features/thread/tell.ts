import type { TicketEvent } from '../../api/types';
import type { Translate } from '../../i18n';
import type { Names } from '../people/useNames';

/** Kinds that only say that a message exists; the message itself stands in the thread. */
const SAID_BY_MESSAGE = new Set<TicketEvent['kind']>([
  'customer_message_received',
  'public_reply_sent',
  'note_added',
]);

export function isTold(event: TicketEvent): boolean {
  return !SAID_BY_MESSAGE.has(event.kind);
}

/** What happened, as the part of a sentence that follows the name of who did it. */
export function tell(event: TicketEvent, t: Translate, names: Names): string {
  const { before, after, actor } = event;
  switch (event.kind) {
    case 'ticket_created':
      return t('events.created');
    case 'status_changed':
      return tellStatus(before.status, after.status, t);
    case 'priority_changed':
      return t('events.priority', { name: word('priority', after.priority, t) });
    case 'department_changed':
      if (after.escalated)
        return t('events.escalated', { name: names.department(after.department ?? '') });
      return t('events.department', { name: names.department(after.department ?? '') });
    case 'ticket_assigned':
      if (after.assignee === actor.id) return t('events.taken');
      return t('events.assigned', { name: names.agent(after.assignee ?? '') });
    case 'ticket_unassigned':
      return t('events.unassigned');
    case 'tags_changed':
      return after.tags ? t('events.tags', { tags: after.tags }) : t('events.noTags');
    case 'subject_changed':
      return t('events.subject', { subject: after.subject });
    case 'target_at_risk':
      return t('events.atRisk', { target: word('target', after.target, t) });
    case 'target_breached':
      return t('events.breached', { target: word('target', after.target, t) });
    case 'promises_changed':
      return t('events.promises');
    case 'time_rule_acted':
      return t('events.timeRule', { name: after.name });
    case 'event_rule_acted':
      return t('events.timeRule', { name: after.name });
    case 'rules_stopped':
      return t('events.rulesStopped', { name: after.name });
    case 'assignment_asked':
      return t('events.assignmentAsked');
    case 'webhook_delivered':
      return t('events.webhookDelivered', { name: after.webhook });
    case 'webhook_failed':
      return t('events.webhookFailed', { name: after.webhook });
    case 'resolution_held_back':
      return t('events.resolutionHeldBack', { lacking: after.lacking });
    case 'mail_not_delivered':
      return t('events.notDelivered', {
        address: after.address,
        reason: word('events.undelivered', after.reason, t),
      });
    case 'automatic_reply_received':
      return t('events.automaticReply');
    case 'agent_mail_kept_as_note':
      return t('events.keptAsNote', { reason: word('events.kept', after.reason, t) });
    case 'participants_changed':
      return tellPeople(before.participants, after.participants, t);
    case 'scheduled_reply_held':
      return t('events.held', {
        name: names.agent(after.agent ?? ''),
        reason: word('events.heldBy', after.reason, t),
      });
    case 'ticket_merged':
      return t('events.merged', { number: after.into });
    case 'ticket_taken_in':
      return t('events.takenIn', { number: after.number });
    case 'ticket_unmerged':
      return t('events.unmerged', { number: before.into });
    case 'ticket_let_go':
      return t('events.letGo', { number: before.number });
    case 'link_added':
      return t('events.linked', { link: tellLink(after.link, t) });
    case 'link_removed':
      return t('events.unlinked', { link: tellLink(before.link, t) });
    case 'requester_changed':
      return t('events.requester', { name: after.requester ?? after.contact });
    case 'type_changed':
      return after.type
        ? t('events.kind', { name: names.own('type', after.type) })
        : t('events.noKind');
    case 'label_changed':
      return after.label
        ? t('events.label', { name: names.own('label', after.label) })
        : t('events.noLabel');
    case 'field_changed': {
      const field = names.own('field', after.field ?? '');
      if (!after.value) return t('events.fieldEmptied', { field });
      return t('events.field', { field, value: after.value });
    }
    case 'solution_confirmed':
      return t('events.confirmed');
    case 'solution_refused':
      return t('events.refused');
    case 'agent_mentioned':
      return t('events.mentioned', { name: names.agent(after.agent ?? '') });
    case 'item_ticked':
      return t('events.ticked', { item: after.item });
    case 'item_unticked':
      return t('events.unticked', { item: after.item });
    case 'satisfaction_asked':
      return t('events.satisfactionAsked');
    case 'satisfaction_not_asked':
      return tellNotAsked(after.reason, t);
    case 'satisfaction_rated':
      return t(after.rating === 'good' ? 'events.ratedGood' : 'events.ratedBad');
    case 'ticket_passed_on':
      return t('events.passedOn', { reason: after.reason });
    case 'reminder_due':
      return t('events.reminded', { name: names.agent(after.agent ?? '') });
    default:
      return t('events.other');
  }
}

function tellNotAsked(reason: string | undefined, t: Translate): string {
  if (reason === 'came_back') return t('events.notAskedCameBack');
  return t(reason === 'too_many' ? 'events.notAskedTooMany' : 'events.notAskedNoMail');
}

function tellStatus(before: string | undefined, after: string | undefined, t: Translate): string {
  if (before === after && after === 'postponed') return t('events.postponedAgain');
  return t('events.status', { name: word('status', after, t) });
}

/** `child 1042` as "part of this: #1042". */
export function tellLink(link: string | undefined, t: Translate): string {
  const [kind, number] = (link ?? '').split(' ');
  return `${word('links', kind, t)} #${number ?? ''}`;
}

/** Only who came and who went: the whole list is in the panel. */
function tellPeople(before: string | undefined, after: string | undefined, t: Translate): string {
  const people = (list: string | undefined) => (list ? list.split(', ') : []);
  const [were, are] = [people(before), people(after)];
  const came = are.filter((one) => !were.includes(one)).join(', ');
  const went = were.filter((one) => !are.includes(one)).join(', ');
  if (came && went) return t('events.peopleBoth', { came, went });
  return came ? t('events.peopleCame', { came }) : t('events.peopleWent', { went });
}

/** The server may learn words before the console does; an unknown one is shown as it came. */
function word(
  group:
    | 'status'
    | 'priority'
    | 'target'
    | 'events.undelivered'
    | 'events.kept'
    | 'events.heldBy'
    | 'links',
  value: string | undefined,
  t: Translate,
): string {
  const translate = t as (key: string, options: { defaultValue: string }) => string;
  return value ? translate(`${group}.${value}`, { defaultValue: value }) : '';
}
