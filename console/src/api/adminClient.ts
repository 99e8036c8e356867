import type createClient from 'openapi-fetch';
import { MAIL_RULES, slugOf, type AdminDesk } from './adminDesk';
import type { paths } from './schema';
import { unwrap } from './unwrap';

const based = (version: number) => ({ 'If-Match': `"${version}"` });

/** The administrators' part of a desk. */
export function createAdminDesk(http: ReturnType<typeof createClient<paths>>): AdminDesk {
  return {
    suspendedMails: (cursor) =>
      unwrap(http.GET('/v1/suspended-mails', { params: { query: cursor ? { cursor } : {} } })),
    suspendedMail: (mail) =>
      unwrap(http.GET('/v1/suspended-mails/{mail}', { params: { path: { mail } } })),
    letIn: async (mail) => {
      await unwrap(http.POST('/v1/suspended-mails/{mail}/release', { params: { path: { mail } } }));
    },
    throwAway: async (mail) => {
      await unwrap(http.DELETE('/v1/suspended-mails/{mail}', { params: { path: { mail } } }));
    },
    blockedSenders: async () => (await unwrap(http.GET('/v1/blocked-senders'))).settings,
    block: (pattern, reason) => {
      const id = slugOf(pattern);
      return unwrap(
        http.PUT('/v1/blocked-senders/{setting}', {
          body: { id, pattern, reason },
          params: { path: { setting: id } },
        }),
      );
    },
    unblock: async ({ setting }) => {
      const params = { path: { setting: setting.id } };
      await unwrap(http.DELETE('/v1/blocked-senders/{setting}', { params }));
    },
    suppressedAddresses: (prefix, cursor) => {
      const query = { ...(prefix ? { prefix } : {}), ...(cursor ? { cursor } : {}) };
      return unwrap(http.GET('/v1/suppressed-addresses', { params: { query } }));
    },
    suppress: async (address, reason) => {
      await unwrap(
        http.PUT('/v1/suppressed-addresses/{address}', {
          body: { reason },
          params: { path: { address } },
        }),
      );
    },
    unsuppress: async (address) => {
      const params = { path: { address } };
      await unwrap(http.DELETE('/v1/suppressed-addresses/{address}', { params }));
    },
    mailboxes: async () => (await unwrap(http.GET('/v1/mailboxes'))).settings,
    saveMailbox: ({ setting, version }) =>
      unwrap(
        http.PUT('/v1/mailboxes/{setting}', {
          body: setting,
          params: { path: { setting: setting.id }, header: based(version) },
        }),
      ),
    checks: async (setting) => {
      const params = { path: { setting } };
      return (await unwrap(http.GET('/v1/mailboxes/{setting}/checks', { params }))).checks;
    },
    check: (setting, address) =>
      unwrap(
        http.POST('/v1/mailboxes/{setting}/checks', {
          body: { address },
          params: { path: { setting } },
        }),
      ),
    deadLetters: async () => (await unwrap(http.GET('/v1/dead-letters'))).queues,
    redrive: (queue) =>
      unwrap(http.POST('/v1/dead-letters/{queue}/redrive', { params: { path: { queue } } })),
    mailRules: async () => {
      const [stored] = (await unwrap(http.GET('/v1/mail-rules'))).settings;
      const version = stored?.version ?? 0;
      return { version, setting: { ...MAIL_RULES, ...stored?.setting } };
    },
    saveMailRules: async ({ version, setting }) => {
      const header = version ? { header: based(version) } : {};
      const saved = await unwrap(
        http.PUT('/v1/mail-rules/{setting}', {
          body: setting,
          params: { path: { setting: 'mail' }, ...header },
        }),
      );
      return { version: saved.version, setting: { ...MAIL_RULES, ...saved.setting } };
    },
  };
}
