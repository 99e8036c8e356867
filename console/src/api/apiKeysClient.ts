import type createClient from 'openapi-fetch';
import type { ApiKeysDesk } from './apiKeysDesk';
import type { paths } from './schema';
import { unwrap } from './unwrap';

/** API keys over the API. */
export function createApiKeysDesk(http: ReturnType<typeof createClient<paths>>): ApiKeysDesk {
  const of = (setting: string) => ({ path: { setting } });
  return {
    list: async () => (await unwrap(http.GET('/v1/api-keys'))).keys,
    make: (id, body) => unwrap(http.PUT('/v1/api-keys/{setting}', { body, params: of(id) })),
    revoke: async (id) => {
      await unwrap(http.DELETE('/v1/api-keys/{setting}', { params: of(id) }));
    },
  };
}
