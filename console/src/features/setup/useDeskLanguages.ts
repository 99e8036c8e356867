import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import type { ServerLanguage } from './languages';

const FALLBACK: readonly ServerLanguage[] = ['en'];

/** The languages that the desk speaks, the one first that stands in for the others. */
export function useDeskLanguages(): readonly ServerLanguage[] {
  const { data } = useQuery(settingsQuery(useDesk(), 'desk'));
  return data?.[0]?.setting.languages ?? FALLBACK;
}
