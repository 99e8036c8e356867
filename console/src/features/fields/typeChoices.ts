import type { Words } from '../words/useWords';

/** Types that can be chosen in a department, and the one that is chosen already. */
export function typeChoices(words: Words, department: string, chosen: string) {
  const all = words.vocabulary?.types ?? [];
  return all
    .filter(
      ({ id, departments }) =>
        id === chosen || !departments.length || departments.includes(department),
    )
    .map((one) => ({ value: one.id, label: words.name(one) }));
}
