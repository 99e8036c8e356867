import type { SettingKind, Stored } from '../../api/settings';

/** Far enough apart that one entry can be put between two without touching the others. */
export const STEP = 10;
/** The last place that the desk takes. */
export const LAST = 1000;

/** Where an entry stands among those that are tried in an order. */
export function placeOf<K extends SettingKind>({ setting }: Stored<K>): number {
  return 'position' in setting ? setting.position : 0;
}
