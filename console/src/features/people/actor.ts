import type { Translate } from '../../i18n';

/** What the history puts before the id of a key; no person's id has a colon. */
const KEY = 'key:';

/** Who did something, as it is told: a program is never taken for a person. */
export function actorName(actor: { id: string; name: string }, t: Translate): string {
  return actor.id.startsWith(KEY) ? t('apiKeys.actor', { name: actor.name }) : actor.name;
}
