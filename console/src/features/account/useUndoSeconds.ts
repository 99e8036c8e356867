import { useMe } from '../people/useNames';
import { usePreferences } from './preferences';

/** How long what leaves can be taken back: as this person chose, else as the desk has it. */
export function useUndoSeconds(): number {
  const { undo_seconds } = useMe();
  return usePreferences().undoSeconds ?? undo_seconds;
}
