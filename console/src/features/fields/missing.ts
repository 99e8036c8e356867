import type { Ticket } from '../../api/types';
import type { FieldUse, FieldValue, Vocabulary } from '../../api/vocabulary';

export interface Refusal {
  /** As the desk names it: `fields.<id>` or `type_id`. */
  field: string;
  message: string;
}

type Values = Record<string, FieldValue | null | undefined>;

/** A box that must be ticked is missing while it is not, as the desk sees it. */
export function isMissing(use: FieldUse, values: Values): boolean {
  const value = values[use.field_id];
  return value == null || value === false || value === '';
}

/** Fields of a type that are asked for by now: what opening asks for, resolving asks for too. */
export function missingUses(
  vocabulary: Vocabulary | null,
  type: string,
  values: Values,
  at: 'creation' | 'resolve',
): FieldUse[] {
  const uses = vocabulary?.types.find((one) => one.id === type)?.fields ?? [];
  const asked = at === 'creation' ? ['creation'] : ['creation', 'resolve'];
  return uses.filter((use) => asked.includes(use.required) && isMissing(use, values));
}

export function missingToResolve(vocabulary: Vocabulary | null, ticket: Ticket): FieldUse[] {
  return missingUses(vocabulary, ticket.type_id, ticket.fields, 'resolve');
}
