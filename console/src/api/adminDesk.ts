import type { components } from './schema';

type Schemas = components['schemas'];

export type SuspendedMail = Schemas['SuspendedMailBody'];
export type SuspendedMailDetail = Schemas['SuspendedMailDetail'];
export type SuspendedMailPage = Schemas['SuspendedMailPage'];
export type SuspensionReason = Schemas['SuspensionReason'];
export type BlockedSender = Schemas['StoredBlockedSender'];
export type SuppressedAddress = Schemas['SuppressedAddressBody'];
export type SuppressedAddressPage = Schemas['SuppressedAddressPage'];
export type Mailbox = Schemas['StoredMailbox'];
export type ForwardingCheck = Schemas['ForwardingCheckBody'];
export type MailRules = Required<Schemas['MailRulesDocument']>;
export type QueueState = Schemas['QueueState'];
export type RedriveOutcome = Schemas['RedriveOutcome'];
export type PublicEvent = Schemas['PublicEvent'];

/** The rules as they are stored; version 0 stands for a desk that never changed them. */
export interface StoredMailRules {
  version: number;
  setting: MailRules;
}

/** What administrators ask of a desk about its mail. */
export interface AdminDesk {
  suspendedMails(cursor: string | null): Promise<SuspendedMailPage>;
  suspendedMail(id: string): Promise<SuspendedMailDetail>;
  letIn(id: string): Promise<void>;
  throwAway(id: string): Promise<void>;
  blockedSenders(): Promise<BlockedSender[]>;
  /** Raises a 409 when somebody blocked the same sender before. */
  block(pattern: string, reason: string): Promise<BlockedSender>;
  unblock(sender: BlockedSender): Promise<void>;
  suppressedAddresses(prefix: string, cursor: string | null): Promise<SuppressedAddressPage>;
  suppress(address: string, reason: string): Promise<void>;
  unsuppress(address: string): Promise<void>;
  mailboxes(): Promise<Mailbox[]>;
  saveMailbox(mailbox: Mailbox): Promise<Mailbox>;
  checks(mailbox: string): Promise<ForwardingCheck[]>;
  /** Sends a mail to the address, which comes back if the address is forwarded to the mailbox. */
  check(mailbox: string, address: string): Promise<ForwardingCheck>;
  mailRules(): Promise<StoredMailRules>;
  deadLetters(): Promise<QueueState[]>;
  /** Sends the jobs of a queue that failed every time back to it. */
  redrive(queue: string): Promise<RedriveOutcome>;
  saveMailRules(rules: StoredMailRules): Promise<StoredMailRules>;
}

export const MAIL_RULES: MailRules = {
  id: 'mail',
  undo_seconds: 10,
  public_events: ['ticket_created'],
  catch_all_mailbox_id: '',
  tickets_per_hour: 20,
  tickets_per_hour_authenticated: 200,
  copies_per_hour: 5,
};

/** The id of a setting that is named by an address: readable, and another one for another address. */
export function slugOf(pattern: string): string {
  const words = pattern
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  let hash = 5381;
  for (const char of pattern.toLowerCase()) hash = (hash * 33 + (char.codePointAt(0) ?? 0)) >>> 0;
  return `${words.slice(0, 50) || 'x'}-${hash.toString(36)}`;
}
