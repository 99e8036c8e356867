import type createClient from 'openapi-fetch';
import type { ContactsDesk } from './contactsDesk';
import type { paths } from './schema';
import { unwrap } from './unwrap';

/** Customers over the API. */
export function createContactsDesk(http: ReturnType<typeof createClient<paths>>): ContactsDesk {
  const of = (contact: string) => ({ path: { contact } });
  return {
    find: async (address) => {
      const found = await unwrap(http.GET('/v1/contacts', { params: { query: { address } } }));
      return found.contacts[0] ?? null;
    },
    search: (search) => unwrap(http.GET('/v1/contacts', { params: { query: { search } } })),
    read: (id) => unwrap(http.GET('/v1/contacts/{contact}', { params: of(id) })),
    change: (id, body) => unwrap(http.PATCH('/v1/contacts/{contact}', { body, params: of(id) })),
    merge: (id, into) =>
      unwrap(http.POST('/v1/contacts/{contact}/merge', { body: { into }, params: of(id) })),
    tickets: (id, cursor) =>
      unwrap(
        http.GET('/v1/contacts/{contact}/tickets', {
          params: { ...of(id), query: cursor ? { cursor } : {} },
        }),
      ),
  };
}
