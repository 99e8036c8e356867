import type { Me, NewTicket } from '../types';
import { agentActor, type Kept } from './build';
import { type FakeTickets } from './FakeTickets';
import { requireCreatable, valuesOf } from './forms';

/** A new ticket as the desk opens it for an agent. */
export function openTicket(tickets: FakeTickets, profile: Me, body: NewTicket): Kept {
  requireCreatable(body);
  const model = tickets.find([...tickets.kept.keys()][0] ?? 0).ticket;
  const known = [...tickets.kept.values()].find(
    (kept) => kept.ticket.requester.email === body.requester_email,
  );
  const kept = tickets.copyOf(model, {
    subject: body.subject,
    status: 'new',
    channel: 'console',
    priority: body.priority ?? 'normal',
    department_id: body.department_id ?? profile.departments[0] ?? '',
    assignee_id: '',
    requester: known?.ticket.requester ?? {
      id: `contact-new-${tickets.kept.size}`,
      name: body.requester_name,
      email: body.requester_email,
    },
    tags: body.tags ?? [],
    internal: body.internal ?? false,
    type_id: body.type_id ?? '',
    fields: valuesOf(body.fields ?? {}),
  });
  const me = agentActor(profile.id);
  if (body.first_message === 'note') tickets.append(kept, 'internal_note', me, body.text);
  else if (body.first_message === 'mail') {
    tickets.append(kept, 'public_reply', me, body.text);
    tickets.moveTo(kept, 'answered', me);
  } else tickets.append(kept, 'customer_message', tickets.customer(kept), body.text);
  return kept;
}
