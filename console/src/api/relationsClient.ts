import type createClient from 'openapi-fetch';
import type { RelationsDesk } from './relationsDesk';
import type { paths } from './schema';
import { unwrap } from './unwrap';

/** Links and merges over the API. */
export function createRelationsDesk(http: ReturnType<typeof createClient<paths>>): RelationsDesk {
  const of = (number: number) => ({ path: { number: String(number) } });
  return {
    links: (number) => unwrap(http.GET('/v1/tickets/{number}/links', { params: of(number) })),
    link: (number, kind, other) =>
      unwrap(
        http.POST('/v1/tickets/{number}/links', {
          body: { kind, number: other },
          params: of(number),
        }),
      ),
    unlink: (number, kind, other) =>
      unwrap(
        http.DELETE('/v1/tickets/{number}/links/{kind}/{other}', {
          params: { path: { number: String(number), kind, other: String(other) } },
        }),
      ),
    merge: (number, into) =>
      unwrap(http.POST('/v1/tickets/{number}/merge', { body: { into }, params: of(number) })),
    unmerge: (number) => unwrap(http.DELETE('/v1/tickets/{number}/merge', { params: of(number) })),
    split: (number, message, subject, key) =>
      unwrap(
        http.POST('/v1/tickets/{number}/messages/{message}/split', {
          body: { subject },
          params: {
            path: { number: String(number), message },
            header: { 'Idempotency-Key': key },
          },
        }),
      ),
    answerChildren: async (number, body, key) => {
      const answered = await unwrap(
        http.POST('/v1/tickets/{number}/children/replies', {
          body,
          params: of(number),
          headers: { 'Idempotency-Key': key },
        }),
      );
      return answered.children;
    },
  };
}
