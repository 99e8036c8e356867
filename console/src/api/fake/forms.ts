import { ApiProblem } from '../problems';
import type { Actor, NewTicket, Ticket, TicketChange } from '../types';
import type { FieldValue } from '../vocabulary';
import type { Kept } from './build';
import type { FakeContacts } from './FakeContacts';
import { fakeProblem, type FakeTickets } from './FakeTickets';
import { VOCABULARY } from './vocabulary';

type Values = Record<string, unknown>;

/** A label stands for a status: choosing it is choosing that. */
export function withLabel(change: TicketChange): TicketChange {
  const label = VOCABULARY.labels.find((one) => one.id === change.label_id);
  if (!label || change.status) return change;
  return { ...change, status: label.status as NonNullable<TicketChange['status']> };
}

export function requireResolvable(ticket: Ticket, change: TicketChange): void {
  const values = { ...ticket.fields, ...change.fields };
  refuseMissing(change.type_id ?? ticket.type_id, values, ['creation', 'resolve']);
}

export function requireCreatable(body: NewTicket): void {
  refuseMissing(body.type_id ?? '', body.fields ?? {}, ['creation']);
}

function refuseMissing(type: string, values: Values, at: string[]): void {
  const uses = VOCABULARY.types.find((one) => one.id === type)?.fields ?? [];
  const errors = uses
    .filter((use) => at.includes(use.required) && !values[use.field_id])
    .map((use) => {
      const field = VOCABULARY.fields.find((one) => one.id === use.field_id);
      const when = at.includes('resolve') ? 'before the ticket is resolved' : 'now';
      const name = field?.names.en ?? use.field_id;
      return { field: `fields.${use.field_id}`, message: `Fill in ${name} ${when}.` };
    });
  if (!errors.length) return;
  const { problem } = fakeProblem('invalid-request', 422, 'Something is missing.');
  throw new ApiProblem({ ...problem, errors });
}

/** Type, fields, label and requester of a change. */
export function fillIn(
  tickets: FakeTickets,
  kept: Kept,
  change: TicketChange,
  contacts: FakeContacts,
  me: Actor,
): void {
  const { ticket } = kept;
  if (change.type_id != null && change.type_id !== ticket.type_id) {
    const [before, after] = [{ type: ticket.type_id }, { type: change.type_id }];
    ticket.type_id = change.type_id;
    tickets.log(kept, 'type_changed', me, before, after);
  }
  for (const [field, value] of Object.entries(change.fields ?? {})) {
    tickets.log(kept, 'field_changed', me, {}, { field, value: said(value) });
  }
  if (change.fields) ticket.fields = valuesOf({ ...ticket.fields, ...change.fields });
  ticket.label_id = change.label_id ?? (change.status ? '' : ticket.label_id);
  if (change.requester_email) {
    ticket.requester = contacts.person(change.requester_email, change.requester_name ?? '');
    const after = { requester: ticket.requester.name };
    tickets.log(kept, 'requester_changed', me, {}, after);
  }
}

function said(value: FieldValue | null): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}

/** Values without those that are empty. */
export function valuesOf<Value>(
  fields: Record<string, Value | null>,
): Record<string, NonNullable<Value>> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, NonNullable<Value>] => entry[1] != null,
    ),
  );
}
