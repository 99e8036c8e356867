import type createClient from 'openapi-fetch';
import type { components, paths } from './schema';
import type { Whole } from './settings';
import { unwrap } from './unwrap';

type Schemas = components['schemas'];

export type Sort = Schemas['Sort'];
export type Split = Schemas['Split'];
export type Column = Schemas['Column'];
/** A saved view with what is in it, and how far it is when it is being made. */
export type SavedView = Whole<Schemas['ViewBody']>;
/** What an agent says of a view of his own. */
export type OwnView = Whole<Schemas['PersonalView']>;

export const SORTS: readonly Sort[] = [
  'time_left',
  'waiting',
  'priority',
  'oldest',
  'newest',
  'updated',
  'subject',
];
export const SPLITS: readonly Split[] = ['none', 'department', 'assignee'];
export const COLUMNS: readonly Column[] = [
  'time_left',
  'status',
  'priority',
  'department',
  'assignee',
  'type',
  'tags',
  'channel',
  'waiting',
  'created',
  'updated',
];

/** Views that were saved. The desk lets nobody change a view that is not his own this way. */
export interface SavedViewsDesk {
  read(id: string): Promise<SavedView>;
  /** Version 0 for a new one. Raises a 409 when it was changed, a 422 that names the fields. */
  save(id: string, view: OwnView, version: number): Promise<SavedView>;
  remove(id: string, version: number): Promise<void>;
}

/** Saved views over the API. */
export function createSavedViewsDesk(http: ReturnType<typeof createClient<paths>>): SavedViewsDesk {
  const of = (view: string) => ({ path: { view } });
  const at = (version: number) => (version ? { headers: { 'If-Match': `"${version}"` } } : {});
  // The server fills in what may be left out.
  return {
    read: async (id) =>
      (await unwrap(http.GET('/v1/views/{view}', { params: of(id) }))) as SavedView,
    save: async (id, body, version) =>
      (await unwrap(
        http.PUT('/v1/views/{view}', { body, params: of(id), ...at(version) }),
      )) as SavedView,
    remove: async (id, version) => {
      await unwrap(http.DELETE('/v1/views/{view}', { params: of(id), ...at(version) }));
    },
  };
}
