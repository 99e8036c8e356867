import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Translate } from '../../i18n';

/** The groups of pages, in the order in which they stand. */
export const SETUP_GROUPS = ['tickets', 'promises', 'work', 'people', 'mail'] as const;
export type SetupGroup = (typeof SETUP_GROUPS)[number];

export interface SetupPageProps {
  /** The entry that is open, by its id or as NEW; null where the list stands. */
  entry: string | null;
}

/** One page of the set-up, as its feature declares it. */
export interface SetupPage {
  /** Its place in the address. */
  id: string;
  group: SetupGroup;
  icon: Icon;
  title: (t: Translate) => string;
  /** What the page is for, in a sentence. */
  lead: (t: Translate) => string;
  /** Not for administrators alone. */
  isForEverybody?: boolean;
  /** Lazy, so that agents load nothing of it. */
  component: ComponentType<SetupPageProps>;
}

/** Stands in the address for an entry that is not there yet; no id begins with a line. */
export const NEW = '_new';

/** The place of a new entry that begins as a ready-made one. */
export const newEntry = (model: string): string => `${NEW}.${model}`;

/** Which ready-made one a new entry begins as, empty for none; null where the entry is not new. */
export function modelOf(entry: string): string | null {
  if (entry === NEW) return '';
  return entry.startsWith(`${NEW}.`) ? entry.slice(NEW.length + 1) : null;
}
