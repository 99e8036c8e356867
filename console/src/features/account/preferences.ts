import { persisted, usePersisted } from '../../app/persisted';

export interface Preferences {
  density: 'comfortable' | 'compact';
  /** How long an outgoing action can be taken back, seconds; 0 sends at once, null as the desk. */
  undoSeconds: number | null;
  singleKeys: boolean;
  railCollapsed: boolean;
}

export const preferences = persisted<Preferences>('chamado.preferences', {
  density: 'comfortable',
  undoSeconds: null,
  singleKeys: true,
  railCollapsed: false,
});

export function usePreferences(): Preferences {
  return usePersisted(preferences);
}

export function prefer(change: Partial<Preferences>): void {
  preferences.set({ ...preferences.get(), ...change });
}
