import type createClient from 'openapi-fetch';
import type { components, paths } from './schema';
import { unwrap } from './unwrap';

type Schemas = components['schemas'];
export type Vocabulary = Schemas['Vocabulary'];
export type TicketType = Schemas['TypeBody'];
export type CustomField = Schemas['FieldBody'];
export type FieldUse = Schemas['FieldUse'];
export type StatusLabel = Schemas['LabelBody'];
export type FieldValue = Schemas['TicketBody']['fields'][string];

/** What agents choose from. */
export interface VocabularyDesk {
  read(): Promise<Vocabulary>;
  /** Tags that begin so, those that were given most often first. */
  tags(prefix: string): Promise<string[]>;
}

/** Labels, types, fields and tags over the API. */
export function createVocabularyDesk(http: ReturnType<typeof createClient<paths>>): VocabularyDesk {
  return {
    read: () => unwrap(http.GET('/v1/vocabulary')),
    tags: async (prefix) => {
      const query = { prefix, limit: '10' };
      return (await unwrap(http.GET('/v1/tags', { params: { query } }))).tags;
    },
  };
}
