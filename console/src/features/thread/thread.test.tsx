import { describe, expect, it } from 'vitest';
import i18next from 'i18next';
import type { TicketEvent } from '../../api/types';
import { group } from './group';
import { linkify } from './linkify';
import { quotedPart } from './MessageCard';
import { tell } from './tell';

const names = {
  agent: (id: string) => `agent ${id}`,
  department: (id: string) => `the ${id}`,
  own: (_kind: string, id: string) => id,
  status: (status: string) => status,
};

function anEvent(change: Partial<TicketEvent>): TicketEvent {
  return {
    type: 'event',
    id: Math.random().toString(),
    kind: 'status_changed',
    actor: { kind: 'agent', id: 'ana', name: 'Ana' },
    at: '2030-01-31T09:00:00Z',
    before: {},
    after: {},
    message_id: '',
    ...change,
  };
}

describe('events', () => {
  it.each([
    [{ kind: 'status_changed', after: { status: 'resolved' } }, 'set the status to Resolved'],
    [{ kind: 'priority_changed', after: { priority: 'high' } }, 'set the priority to High'],
    [{ kind: 'department_changed', after: { department: 'billing' } }, 'moved it to the billing'],
    [{ kind: 'ticket_assigned', after: { assignee: 'ana' } }, 'took it'],
    [{ kind: 'ticket_assigned', after: { assignee: 'ben' } }, 'gave it to agent ben'],
    [{ kind: 'target_breached', after: { target: 'resolution' } }, 'noted: Resolution is overdue'],
    [{ kind: 'priority_changed', after: { priority: 'unheard' } }, 'set the priority to unheard'],
  ] as const)('%o is told as: %s', (event, sentence) => {
    expect(tell(anEvent(event as Partial<TicketEvent>), i18next.t, names)).toBe(sentence);
  });

  it('between two messages are folded together, and repeat no message', () => {
    const told = [anEvent({}), anEvent({ kind: 'public_reply_sent' }), anEvent({})];
    const pieces = group(told);
    expect(pieces).toHaveLength(1);
    expect(pieces[0]).toMatchObject({ type: 'events', events: [told[0], told[2]] });
  });
});

describe('the quoted part of a mail', () => {
  it('is what the mail says beyond its new text', () => {
    expect(quotedPart({ text: 'Yes.', full_text: 'Yes.\n\n> Is it?' })).toBe('> Is it?');
  });

  it('is nothing when the text is the whole mail', () => {
    expect(quotedPart({ text: 'Yes.', full_text: '' })).toBe('');
  });
});

describe('plain text', () => {
  it('gets links for addresses and leaves the full stop after them alone', () => {
    const [before, link, after] = linkify('See https://example.com/a?b=1.');
    expect(before).toBe('See ');
    expect(link).toMatchObject({ props: { href: 'https://example.com/a?b=1' } });
    expect(after).toBe('.');
  });

  it('makes no link of a script', () => {
    expect(linkify('javascript:alert(1)')).toEqual(['javascript:alert(1)']);
  });
});
