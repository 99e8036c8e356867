import type createClient from 'openapi-fetch';
import type { paths } from './schema';
import type { Saved, Setting, SettingKind, SettingsDesk, Stored } from './settings';
import { unwrap } from './unwrap';

const based = (version: number) => (version ? { 'If-Match': `"${version}"` } : {});

/**
 * The set-up of a desk. Every kind has the same four routes, so one of them lends its types to all:
 * `K` says which document stands in them.
 */
export function createSettingsDesk(http: ReturnType<typeof createClient<paths>>): SettingsDesk {
  return {
    list: async <K extends SettingKind>(kind: K) => {
      const found = await unwrap(http.GET(`/v1/${kind}` as '/v1/calendars'));
      return found.settings as unknown as Stored<K>[];
    },
    save: async <K extends SettingKind>(kind: K, { version, setting }: Stored<K>) => {
      const saved = await unwrap(
        http.PUT(`/v1/${kind}/{setting}` as '/v1/calendars/{setting}', {
          body: setting as unknown as Setting<'calendars'>,
          params: { path: { setting: setting.id }, header: based(version) },
        }),
      );
      return saved as unknown as Saved<K>;
    },
    remove: async (kind, { version, setting }) => {
      await unwrap(
        http.DELETE(`/v1/${kind}/{setting}` as '/v1/calendars/{setting}', {
          params: { path: { setting: setting.id } },
          headers: based(version),
        }),
      );
    },
    holidayRegions: async () => (await unwrap(http.GET('/v1/holiday-regions'))).regions,
    publicDays: async (country, subdivision) => {
      const query = subdivision ? { subdivision } : {};
      const params = { path: { country }, query };
      return (await unwrap(http.GET('/v1/holiday-regions/{country}/days', { params }))).days;
    },
  };
}
