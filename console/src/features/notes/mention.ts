import type { Colleague, Me } from '../../api/types';

export interface Mention {
  /** Where the @ stands. */
  from: number;
  sought: string;
}

/** The @ that is being written at the caret, if one is; not the one of an address. */
export function mentionAt(text: string, caret: number): Mention | null {
  const found = /(?:^|[^\w@.])@([\p{L}\d_-]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const sought = found[1] ?? '';
  return { from: caret - sought.length - 1, sought };
}

/** Colleagues who can see a ticket of this department: calling in gives nobody a right to it. */
export function callable(me: Me, department: string, sought: string): Colleague[] {
  const wanted = sought.toLocaleLowerCase();
  return me.colleagues.filter(
    ({ id, name, role, departments }) =>
      id !== me.id &&
      (role === 'administrator' || departments.includes(department)) &&
      (id.startsWith(wanted) ||
        name
          .toLocaleLowerCase()
          .split(' ')
          .some((part) => part.startsWith(wanted))),
  );
}

/** The text with the colleague's id behind the @, and where the caret stands then. */
export function withMention(text: string, { from, sought }: Mention, id: string) {
  const before = `${text.slice(0, from)}@${id} `;
  const after = text.slice(from + 1 + sought.length).replace(/^ /, '');
  return { text: before + after, caret: before.length };
}
