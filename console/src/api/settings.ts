import type { components } from './schema';

type Schemas = components['schemas'];

/** The server fills in what may be left out: what was read is whole. */
export type Whole<T> = T extends (infer One)[]
  ? Whole<One>[]
  : T extends object
    ? { [Name in keyof T]-?: Whole<T[Name]> }
    : T;

/** The kinds of setting that the console edits, by their name in addresses. */
interface Documents {
  departments: Schemas['DepartmentDocument'];
  agents: Schemas['AgentDocument'];
  mailboxes: Schemas['MailboxDocument'];
  topics: Schemas['TopicDocument'];
  fields: Schemas['FieldDocument'];
  'ticket-types': Schemas['TicketTypeDocument'];
  'status-labels': Schemas['StatusLabelDocument'];
  'ticket-rules': Schemas['TicketRulesDocument'];
  'satisfaction-rules': Schemas['SatisfactionRulesDocument'];
  'assignment-rules': Schemas['AssignmentRulesDocument'];
  organisations: Schemas['OrganisationDocument'];
  desk: Schemas['DeskDocument'];
  calendars: Schemas['CalendarDocument'];
  'sla-policies': Schemas['SLAPolicyDocument'];
  'time-rules': Schemas['TimeRuleDocument'];
  'event-rules': Schemas['EventRuleDocument'];
  webhooks: Schemas['WebhookDocument'];
  'shared-views': Schemas['SharedViewDocument'];
}

export type SettingKind = keyof Documents;
export type Setting<K extends SettingKind> = Whole<Documents[K]>;

/** A setting with its version; version 0 stands for one that is not stored yet. */
export interface Stored<K extends SettingKind> {
  version: number;
  setting: Setting<K>;
}

/** A setting as it was saved, with what can be so and will hardly be meant. */
export type Saved<K extends SettingKind> = Stored<K> & {
  warnings: Schemas['FieldFault'][];
};

export type HolidayRegion = Schemas['RegionBody'];
export type PublicDay = Schemas['PublicDayBody'];

/** The set-up of a desk, for administrators; the desk refuses changes to others. */
export interface SettingsDesk {
  list<K extends SettingKind>(kind: K): Promise<Stored<K>[]>;
  /** Raises a 409 when `version` is not the stored one's any more, a 422 that names the fields. */
  save<K extends SettingKind>(kind: K, stored: Stored<K>): Promise<Saved<K>>;
  /** Raises a 422 when something still needs it. */
  remove<K extends SettingKind>(kind: K, stored: Stored<K>): Promise<void>;
  /** Countries and their parts whose public holidays are known. */
  holidayRegions(): Promise<HolidayRegion[]>;
  /** The public holidays of this year and the next; an empty part is the whole country. */
  publicDays(country: string, subdivision: string): Promise<PublicDay[]>;
}
