import { ApiProblem } from '../../api/problems';
import type { SettingKind } from '../../api/settings';

export interface Fault {
  field: string;
  message: string;
}

/**
 * What the desk refused, field by field. Where a setting does not fit the others, the desk names
 * the kind and the id before the field; of the setting that is being edited they are left out.
 */
export function readFaults(error: unknown, kind: SettingKind, id: string): Fault[] {
  if (!(error instanceof ApiProblem)) return [];
  const owner = `${kind.replaceAll('-', '_')}.${id}.`;
  return (error.problem.errors ?? []).map(({ field, message }) => ({
    field: field.startsWith(owner) ? field.slice(owner.length) : field,
    message,
  }));
}
