import type createClient from 'openapi-fetch';
import type { Period, ReportsDesk } from './reportsDesk';
import type { paths } from './schema';
import { unwrap } from './unwrap';

/** Reports over the API. */
export function createReportsDesk(http: ReturnType<typeof createClient<paths>>): ReportsDesk {
  const asked = ({ from, to, department }: Period, cursor: string | null) => ({
    from,
    to,
    ...(department ? { department } : {}),
    ...(cursor ? { cursor } : {}),
  });
  return {
    breaches: (period, cursor) =>
      unwrap(http.GET('/v1/reports/breaches', { params: { query: asked(period, cursor) } })),
    breachTable: async (period) => {
      let table = '';
      let cursor: string | null = null;
      do {
        const answer = http.GET('/v1/reports/breaches', {
          params: { query: { ...asked(period, cursor), format: 'csv' } },
          parseAs: 'text',
        });
        table += await unwrap(answer);
        cursor = nextOf((await answer).response.headers.get('Link'));
      } while (cursor);
      return table;
    },
  };
}

/** The cursor in `<?...cursor=...>; rel="next"`. */
export function nextOf(link: string | null): string | null {
  const query = /<\?([^>]*)>;\s*rel="next"/.exec(link ?? '')?.[1];
  return query ? new URLSearchParams(query).get('cursor') : null;
}
