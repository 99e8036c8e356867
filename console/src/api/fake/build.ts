import type { Actor, Clock, Entry, Message, Ticket, TicketEvent } from '../types';
import { ASIDE } from './asideStories';
import { COLLEAGUES, REQUESTERS } from './people';
import { badgeOf, CAUSES, previewOf } from './rules';
import { FILLERS, STORIES, type Line, type Story } from './stories';

export interface Kept {
  ticket: Ticket;
  entries: Entry[];
  /** Version that the last words came with. */
  spokenAt?: number;
}

const MINUTE = 60_000;
const FIRST_NUMBER = 1042;
/** So many tickets fill the lists, so that they have more than one page. */
export const FULL = 58;

/**
 * A desk's worth of demo tickets, the same ones every time; times count back from `now`. Of those
 * that only fill the lists, the first `fillers` are there; no other gets another number by that.
 */
export function buildTickets(now: number, fillers: number): Kept[] {
  const stories = [...STORIES, ...fillerStories(), ...ASIDE];
  const isLeftOut = (index: number) =>
    index >= STORIES.length + fillers && index < STORIES.length + FULL;
  return stories.flatMap((story, index) =>
    isLeftOut(index) ? [] : [buildTicket(story, index, now)],
  );
}

function fillerStories(): Story[] {
  return Array.from({ length: FULL }, (_, index) => {
    const [subject, text, department, tag] = FILLERS[index % FILLERS.length] ?? ['', '', '', ''];
    const owner = [undefined, 'ana', 'ben', undefined, 'carla', 'diego'][index % 6];
    const settled = index % 9 === 8;
    const lines: Line[] = [{ by: 'customer', minutes: 60 + index * 47, text }];
    if (settled && owner) {
      const answer = 'Thank you for writing. This is done now.';
      lines.push({ by: 'reply', agent: owner, minutes: 30 + index * 40, text: answer });
    }
    return {
      subject,
      department,
      status: settled ? 'resolved' : owner ? 'open' : 'new',
      priority: index % 7 === 3 ? 'low' : 'normal',
      channel: index % 2 ? 'mail' : 'form',
      tags: [tag],
      due: index % 8 === 5 ? null : 150 + index * 68,
      lines,
      ...(owner ? { assignee: owner } : {}),
    };
  });
}

function buildTicket(story: Story, index: number, now: number): Kept {
  const number = FIRST_NUMBER - index;
  const requester = REQUESTERS[(index * 7 + Math.floor(index / 12)) % REQUESTERS.length] ?? {
    id: 'c',
    name: '',
    email: '',
  };
  const customer: Actor = { kind: 'customer', id: requester.id, name: requester.name };
  const channel = story.channel ?? 'mail';
  const messages = story.lines.map((line, at) =>
    buildMessage(line, `${number}-${at}`, customer, channel, now),
  );
  const first = story.lines[0]?.minutes ?? 0;
  const ago = (minutes: number): string => new Date(now - minutes * MINUTE).toISOString();
  const dueAt = story.due === null ? null : new Date(now + story.due * MINUTE).toISOString();
  const last = messages.filter((message) => message.kind !== 'internal_note').at(-1);
  const status = story.status;
  const ticket: Ticket = {
    number,
    subject: story.subject,
    status,
    priority: story.priority ?? 'normal',
    channel,
    department_id: story.department,
    assignee_id: story.assignee ?? '',
    requester,
    tags: story.tags ?? [],
    created_at: ago(first),
    updated_at: last?.created_at ?? ago(first),
    due_at: dueAt,
    waiting_since: null,
    badge: badgeOf({ status, due_at: dueAt }, now),
    last_message_preview: previewOf(last?.text ?? ''),
    last_message_kind: last?.kind ?? null,
    last_message_at: last?.created_at ?? null,
    message_count: messages.length,
    version: messages.length + 1,
    mailbox_id: story.department,
    topic_id: '',
    language: 'en',
    participants: story.participants ?? [],
    clocks: buildClocks(story, ago, dueAt),
    postponed_until: status === 'postponed' ? new Date(now + 840 * MINUTE).toISOString() : null,
    postponed_reason: status === 'postponed' ? 'Check the deliveries again' : '',
    resolved_at: status === 'resolved' ? ago(30) : null,
    closed_at: null,
    allowed_causes: CAUSES[status],
    escalates_to: '',
    label_id: '',
    type_id: '',
    fields: {},
    ticked: [],
    reminders: [],
    confirmed_at: null,
    satisfaction: null,
    internal: false,
    gone_at: null,
    organisation_id: '',
    merged_into: 0,
    merged_from: [],
    ...story.more,
  };
  return { ticket, entries: withEvents(ticket, messages, first, now) };
}

function buildMessage(
  line: Line,
  id: string,
  customer: Actor,
  channel: Ticket['channel'],
  now: number,
): Message {
  const kinds = {
    customer: 'customer_message',
    reply: 'public_reply',
    note: 'internal_note',
    system: 'system',
  } as const;
  return {
    type: 'message',
    id: `msg-${id}`,
    kind: kinds[line.by],
    author: line.by === 'customer' ? customer : agentActor(line.agent ?? 'ana'),
    channel: line.by === 'customer' ? channel : 'console',
    text: line.text,
    html: line.html ?? '',
    full_text: line.quoted ? line.text + line.quoted : '',
    attachments: (line.files ?? []).map(([filename, content_type, size], at) => ({
      id: `file-${id}-${at}`,
      filename,
      content_type,
      size,
      content_id: '',
    })),
    created_at: new Date(now - line.minutes * MINUTE).toISOString(),
    verified: true,
    delivery: line.by === 'reply' ? (line.delivery ?? 'delivered') : null,
    items: [],
    mentions: [],
    merged_from: 0,
    ...line.more,
  };
}

function withEvents(ticket: Ticket, messages: Message[], first: number, now: number): Entry[] {
  const system: Actor = { kind: 'system', id: 'system', name: 'Chamado' };
  const at = (minutes: number): string => new Date(now - minutes * MINUTE).toISOString();
  const events: TicketEvent[] = [];
  const add = (minutes: number, event: Pick<TicketEvent, 'kind' | 'actor' | 'before' | 'after'>) =>
    events.push({
      type: 'event',
      id: `evt-${ticket.number}-${events.length}`,
      at: at(minutes),
      message_id: '',
      ...event,
    });
  if (ticket.assignee_id) {
    const after = { assignee: ticket.assignee_id, department: ticket.department_id };
    add(first - 0.2, { kind: 'ticket_assigned', actor: system, before: { assignee: '' }, after });
  }
  if (ticket.priority === 'high') {
    const actor = agentActor(ticket.assignee_id || 'ana');
    const change = { before: { priority: 'normal' }, after: { priority: 'high' } };
    add(first - 4, { kind: 'priority_changed', actor, ...change });
    add(first - 5, {
      kind: 'tags_changed',
      actor,
      before: { tags: '' },
      after: { tags: ticket.tags.join(', ') },
    });
  }
  if (ticket.badge.state === 'breached') {
    const after = { target: 'first_response', due_at: ticket.due_at ?? '' };
    add(18, { kind: 'target_breached', actor: system, before: {}, after });
  }
  const moment = (entry: Entry): string => (entry.type === 'event' ? entry.at : entry.created_at);
  return [...messages, ...events].sort((a, b) => moment(a).localeCompare(moment(b)));
}

function buildClocks(
  story: Story,
  ago: (minutes: number) => string,
  dueAt: string | null,
): Clock[] {
  if (story.due === null) return [];
  const first = story.lines[0]?.minutes ?? 0;
  const answer = story.lines.find((line) => line.by === 'reply');
  const paused = story.status === 'postponed';
  const response: Clock = {
    target: 'first_response',
    state: answer ? 'met' : 'running',
    started_at: ago(first),
    due_at: answer ? null : dueAt,
    finished_at: answer ? ago(answer.minutes) : null,
    breached_at: !answer && story.due < 0 ? dueAt : null,
    allowed_seconds: 3600,
    spent_seconds: answer ? (first - answer.minutes) * 60 : Math.min(first * 60, 3600),
  };
  const resolution: Clock = {
    target: 'resolution',
    state: story.status === 'resolved' ? 'met' : paused ? 'paused' : 'running',
    started_at: ago(first),
    due_at: answer ? dueAt : ago(-1440),
    finished_at: story.status === 'resolved' ? ago(30) : null,
    breached_at: null,
    allowed_seconds: 8 * 3600,
    spent_seconds: Math.min(first * 60, 7 * 3600),
  };
  return [response, resolution];
}

export function agentActor(id: string): Actor {
  const known = COLLEAGUES.find((colleague) => colleague.id === id);
  return { kind: 'agent', id, name: known?.name ?? id };
}
