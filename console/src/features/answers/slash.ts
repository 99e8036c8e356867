import type { Answer } from '../../api/answersDesk';

export interface Slash {
  /** Where the slash stands. */
  from: number;
  sought: string;
}

const MOST = 1000;

/** The slash that is being written at the caret, at the beginning or behind a blank. */
export function slashAt(text: string, caret: number): Slash | null {
  const found = /(?:^|\s)\/([\p{L}\d_-]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const sought = found[1] ?? '';
  return { from: caret - sought.length - 1, sought };
}

/**
 * What fits, best first: how the title begins, then its words, then the folder and the text. Of those
 * that fit as well, the ones that were used last.
 */
export function fitting(
  answers: readonly Answer[],
  sought: string,
  recent: readonly string[] = [],
): Answer[] {
  const age = ({ id }: Answer): number => (recent.includes(id) ? recent.indexOf(id) : MOST);
  const wanted = sought.toLocaleLowerCase();
  const rank = ({ title, folder, text }: Answer): number => {
    const name = title.toLocaleLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (name.split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
    if (folder.toLocaleLowerCase().startsWith(wanted)) return 2;
    return text.toLocaleLowerCase().includes(wanted) ? 3 : 4;
  };
  return answers
    .map((answer) => ({ answer, at: rank(answer) }))
    .filter(({ at }) => at < 4)
    .toSorted(
      (a, b) =>
        a.at - b.at ||
        age(a.answer) - age(b.answer) ||
        a.answer.title.localeCompare(b.answer.title),
    )
    .map(({ answer }) => answer);
}

/** The text with words in place of the slash and what was sought, and where the caret stands. */
export function withWords(text: string, { from, sought }: Slash, words: string) {
  const before = text.slice(0, from) + words;
  return { text: before + text.slice(from + 1 + sought.length), caret: before.length };
}
