import createClient, { type Middleware } from 'openapi-fetch';
import { createAdminDesk } from './adminClient';
import { createAnswersDesk, createRulesDesk } from './answersClient';
import { createContactsDesk } from './contactsClient';
import type { Desk } from './desk';
import { NoAnswer, problemError } from './problems';
import { createRelationsDesk } from './relationsClient';
import { createApiKeysDesk } from './apiKeysClient';
import { createReportsDesk } from './reportsClient';
import { createSavedViewsDesk } from './savedViews';
import { createSettingsDesk } from './settingsClient';
import type { paths } from './schema';
import type { SignIn, UploadSlot } from './types';
import { unwrap } from './unwrap';
import { createVocabularyDesk } from './vocabulary';

/** Where access tokens come from; `renew` is asked once when the server refuses one. */
export interface Tokens {
  access(): Promise<string | null>;
  renew(): Promise<string | null>;
  lost(): void;
}

const BASE = `${location.origin}/api`;

/** How this desk signs people in; asked before anybody is signed in. */
export async function fetchSignIn(): Promise<SignIn> {
  const http = createClient<paths>({ baseUrl: BASE });
  http.use(accepting);
  return unwrap(http.GET('/v1/sign-in'));
}

/** The desk behind the API of the same origin. */
export function createDesk(tokens: Tokens): Desk {
  const http = createClient<paths>({ baseUrl: BASE, fetch: signedFetch(tokens) });
  http.use(accepting);
  let skew = 0;
  http.use({
    onResponse({ response }) {
      skew = skewOf(response.headers.get('Date'), Date.now()) ?? skew;
    },
  });
  return {
    me: () => unwrap(http.GET('/v1/me')),
    changeMe: (body) => unwrap(http.PATCH('/v1/me', { body })),
    views: async () => (await unwrap(http.GET('/v1/views'))).views,
    list: (view, filter, cursor) =>
      unwrap(
        http.GET('/v1/views/{view}/tickets', {
          params: { path: { view }, query: { ...filter, ...(cursor ? { cursor } : {}) } },
        }),
      ),
    open: (number) =>
      unwrap(http.GET('/v1/tickets/{number}', { params: { path: { number: String(number) } } })),
    clocks: (number) =>
      unwrap(
        http.GET('/v1/tickets/{number}/clocks', { params: { path: { number: String(number) } } }),
      ),
    olderEntries: (number, before) =>
      unwrap(
        http.GET('/v1/tickets/{number}/entries', {
          params: { path: { number: String(number) }, query: { before } },
        }),
      ),
    create: (body, key) =>
      unwrap(http.POST('/v1/tickets', { body, params: { header: { 'Idempotency-Key': key } } })),
    change: (number, body, version, flight) =>
      unwrap(
        http.PATCH('/v1/tickets/{number}', {
          body,
          params: { path: { number: String(number) }, header: { 'If-Match': `"${version}"` } },
          keepalive: flight?.parting ?? false,
        }),
      ),
    say: (number, body, version, key) =>
      unwrap(
        http.POST('/v1/tickets/{number}/messages', {
          body,
          params: {
            path: { number: String(number) },
            header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
          },
        }),
      ),
    sendScheduled: (number, scheduled, version) =>
      unwrap(
        http.POST('/v1/tickets/{number}/scheduled-replies/{scheduled}/send', {
          params: {
            path: { number: String(number), scheduled },
            header: { 'If-Match': `"${version}"` },
          },
        }),
      ),
    takeBack: (number, scheduled) =>
      unwrap(
        http.DELETE('/v1/tickets/{number}/scheduled-replies/{scheduled}', {
          params: { path: { number: String(number), scheduled } },
        }),
      ),
    changeScheduled: (number, scheduled, body, version) =>
      unwrap(
        http.PATCH('/v1/tickets/{number}/scheduled-replies/{scheduled}', {
          body,
          params: {
            path: { number: String(number), scheduled },
            header: { 'If-Match': `"${version}"` },
          },
        }),
      ),
    now: () => Date.now() + skew,
    attachment: (number, message, attachment) =>
      unwrap(
        http.GET('/v1/tickets/{number}/messages/{message}/attachments/{attachment}', {
          params: { path: { number: String(number), message, attachment } },
        }),
      ),
    escalate: (number, version) =>
      unwrap(
        http.POST('/v1/tickets/{number}/escalations', {
          params: { path: { number: String(number) }, header: { 'If-Match': `"${version}"` } },
        }),
      ),
    tick: (number, message, item, done) =>
      unwrap(
        http.PUT('/v1/tickets/{number}/messages/{message}/items/{item}', {
          body: { done },
          params: { path: { number: String(number), message, item: String(item) } },
        }),
      ),
    claim: (skip, passedOn) =>
      unwrap(
        http.POST('/v1/claims', { body: { skip, ...(passedOn ? { passed_on: passedOn } : {}) } }),
      ),
    upload: async (file, onProgress, signal) => {
      const body = {
        filename: file.name,
        content_type: file.type || 'application/octet-stream',
        size: file.size,
      };
      const slot = await unwrap(http.POST('/v1/uploads', { body, signal }));
      await sendFile(slot, file, onProgress, signal);
      return slot.upload;
    },
    notices: (cursor) =>
      unwrap(http.GET('/v1/notices', { params: { query: cursor ? { cursor } : {} } })),
    admin: createAdminDesk(http),
    relations: createRelationsDesk(http),
    reports: createReportsDesk(http),
    savedViews: createSavedViewsDesk(http),
    apiKeys: createApiKeysDesk(http),
    settings: createSettingsDesk(http),
    contacts: createContactsDesk(http),
    vocabulary: createVocabularyDesk(http),
    answers: createAnswersDesk(http),
    rules: createRulesDesk(http),
    readNotices: async (upTo) => {
      await unwrap(http.POST('/v1/notices/read', { body: { up_to: upTo } }));
    },
  };
}

/** What the desk says to a person it says in the language that the page is in, whatever the browser's. */
const accepting: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept', 'application/json, application/problem+json');
    request.headers.set('Accept-Language', document.documentElement.lang || 'en');
    return request;
  },
};

/** Adds the access token; a refused one is renewed once, then the person signs in again. */
function signedFetch(tokens: Tokens): (request: Request) => Promise<Response> {
  const attempt = (request: Request, token: string | null): Promise<Response> => {
    if (token) request.headers.set('Authorization', `Bearer ${token}`);
    return fetch(request);
  };
  return async (request) => {
    const again = request.clone();
    const answer = await attempt(request, await tokens.access());
    if (!isTokenRefused(answer)) return answer;
    const fresh = await tokens.renew();
    const second = fresh ? await attempt(again, fresh) : answer;
    // A fresh token that is refused by 403 is genuine: signing in again would only go round.
    if (!fresh || second.status === 401) tokens.lost();
    return second;
  };
}

/** The gateway says 401 without a token and 403 to one that is bad; the desk's own 403 is a problem. */
function isTokenRefused({ status, headers }: Response): boolean {
  const isProblem = headers.get('Content-Type')?.startsWith('application/problem+json') ?? false;
  return status === 401 || (status === 403 && !isProblem);
}

const UNNOTICED_MS = 3000;

/** By how much the desk's clock is ahead; small differences are those of the way. Milliseconds. */
export function skewOf(date: string | null, now: number): number | null {
  const there = Date.parse(date ?? '');
  if (Number.isNaN(there)) return null;
  return Math.abs(there - now) < UNNOTICED_MS ? 0 : there - now;
}

/** XMLHttpRequest, because fetch tells nothing of how far an upload has come. */
function sendFile(
  slot: UploadSlot,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(slot.fields)) form.append(name, value);
  // S3 ignores every field that comes after the file.
  form.append('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', slot.url);
    request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 300) resolve();
      else reject(problemError(null, request.status));
    };
    request.onerror = () => reject(new NoAnswer(request.status));
    request.onabort = () => reject(new DOMException('Taken back', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
