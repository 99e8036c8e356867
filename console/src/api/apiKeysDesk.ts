import type { components } from './schema';

type Schemas = components['schemas'];

export type ApiKey = Schemas['ApiKeyBody'];
export type NewApiKey = Required<Schemas['NewApiKey']>;
export type MadeApiKey = Schemas['MadeApiKey'];
export type Scope = Schemas['Scope'];

/** In the order in which they are told: each object from reading to writing. */
export const SCOPES: readonly Scope[] = [
  'tickets:read',
  'tickets:write',
  'contacts:write',
  'answers:read',
  'reports:read',
  'mail:read',
  'mail:write',
  'settings:read',
  'settings:write',
];

/** Keys by which other programs call the API, for administrators. */
export interface ApiKeysDesk {
  list(): Promise<ApiKey[]>;
  /** The answer has the secret, which is never shown again. */
  make(id: string, wanted: NewApiKey): Promise<MadeApiKey>;
  revoke(id: string): Promise<void>;
}
