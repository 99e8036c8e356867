import type createClient from 'openapi-fetch';
import type { Answer, AnswersDesk, RulesDesk } from './answersDesk';
import type { components, paths } from './schema';
import { unwrap } from './unwrap';

type Http = ReturnType<typeof createClient<paths>>;

type AnswerPage = components['schemas']['AnswerPage'];

const MOST = 2000;

const pageAfter = (http: Http, cursor: string | null): Promise<AnswerPage> =>
  unwrap(http.GET('/v1/answers', { params: { query: cursor ? { cursor } : {} } }));

/** Ready-made words over the API. */
export function createAnswersDesk(http: Http): AnswersDesk {
  return {
    list: async () => {
      const all: Answer[] = [];
      let cursor: string | null = null;
      do {
        const page: AnswerPage = await pageAfter(http, cursor);
        all.push(...(page.answers as Answer[]));
        cursor = page.next;
      } while (cursor && all.length < MOST);
      return all;
    },
    insert: (number, answer) =>
      unwrap(
        http.POST('/v1/tickets/{number}/answers/{answer}', {
          params: { path: { number: String(number), answer } },
        }),
      ),
    create: async (body) => (await unwrap(http.POST('/v1/answers', { body }))) as Answer,
    change: async ({ id, version }, body) => {
      const params = { path: { answer: id }, header: { 'If-Match': `"${version}"` } };
      return (await unwrap(http.PUT('/v1/answers/{answer}', { params, body }))) as Answer;
    },
    remove: async ({ id, version }) => {
      const params = { path: { answer: id }, header: { 'If-Match': `"${version}"` } };
      await unwrap(http.DELETE('/v1/answers/{answer}', { params }));
    },
  };
}

/** Rules tried dry, and their uses, over the API. */
export function createRulesDesk(http: Http): RulesDesk {
  return {
    tryRule: (rule, cursor) =>
      unwrap(http.POST('/v1/event-rules/dry-run', { body: { rule, cursor, limit: 20 } })),
    uses: async (kind) => {
      const params = { path: { kind } };
      const { uses } = await unwrap(http.GET('/v1/setting-uses/{kind}', { params }));
      return Object.fromEntries(uses.map(({ id, times }) => [id, times]));
    },
    webhookSecret: async (setting) => {
      const params = { path: { setting } };
      return (await unwrap(http.GET('/v1/webhooks/{setting}/secret', { params }))).secret;
    },
  };
}
