import { createContext, useContext } from 'react';
import type { AdminDesk } from './adminDesk';
import type { AnswersDesk, RulesDesk } from './answersDesk';
import type { ContactsDesk } from './contactsDesk';
import type { RelationsDesk } from './relationsDesk';
import type { ApiKeysDesk } from './apiKeysDesk';
import type { ReportsDesk } from './reportsDesk';
import type { SavedViewsDesk } from './savedViews';
import type { SettingsDesk } from './settings';
import type {
  AttachmentLink,
  Claimed,
  EntryPage,
  ListFilter,
  Me,
  MeChange,
  MessageAdded,
  NewMessage,
  NewTicket,
  NoticePage,
  OpenedTicket,
  ProvedClocks,
  ScheduledReply,
  ScheduledReplyChange,
  TakenBack,
  Ticket,
  TicketChange,
  TicketPage,
  View,
  ViewId,
} from './types';
import type { VocabularyDesk } from './vocabulary';

/** All that the console asks of a desk. `client.ts` asks a server, `fake/` answers in the browser. */
export interface Desk {
  me(): Promise<Me>;
  changeMe(change: MeChange): Promise<Me>;
  views(): Promise<View[]>;
  list(view: ViewId, filter: ListFilter, cursor: string | null): Promise<TicketPage>;
  open(number: number): Promise<OpenedTicket>;
  olderEntries(number: number, before: string): Promise<EntryPage>;
  /** The pieces of time that the ticket's promises are made of. */
  clocks(number: number): Promise<ProvedClocks>;
  create(ticket: NewTicket, key: string): Promise<Ticket>;
  /** Raises StaleTicket when `version` is not the ticket's any more. */
  change(number: number, change: TicketChange, version: number, flight?: Flight): Promise<Ticket>;
  /** `key` makes a repeated send harmless. Raises StaleTicket for public replies. */
  say(number: number, message: NewMessage, version: number, key: string): Promise<MessageAdded>;
  /** Sends a reply that waits or is held. Raises StaleTicket; a 404 when it has left. */
  sendScheduled(number: number, reply: string, version: number): Promise<MessageAdded>;
  /** Undo: raises a 404 when the reply has left. */
  takeBack(number: number, reply: string): Promise<TakenBack>;
  changeScheduled(
    number: number,
    reply: string,
    change: ScheduledReplyChange,
    version: number,
  ): Promise<ScheduledReply>;
  /** What time it is at the desk, milliseconds: a clock that is wrong must not send early. */
  now(): number;
  attachment(number: number, message: string, attachment: string): Promise<AttachmentLink>;
  /** To the department that comes next; `version` as for a change. */
  escalate(number: number, version: number): Promise<Ticket>;
  /** Ticks an item of a note off, or takes the tick away. */
  tick(number: number, message: string, item: number, done: boolean): Promise<Ticket>;
  /** `passedOn` leaves the ticket that was dealt last to others, with a reason. */
  claim(skip: number[], passedOn?: { number: number; reason: string }): Promise<Claimed>;
  /** Sends a file to where the desk keeps files; gives the id that a message names. */
  upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<string>;
  notices(cursor: string | null): Promise<NoticePage>;
  readNotices(upTo: string): Promise<void>;
  /** For administrators; the desk refuses it to others. */
  readonly admin: AdminDesk;
  readonly relations: RelationsDesk;
  readonly reports: ReportsDesk;
  readonly savedViews: SavedViewsDesk;
  readonly apiKeys: ApiKeysDesk;
  readonly settings: SettingsDesk;
  readonly contacts: ContactsDesk;
  readonly vocabulary: VocabularyDesk;
  readonly answers: AnswersDesk;
  readonly rules: RulesDesk;
}

/** `parting` lets a request outlive the page that sent it. */
export interface Flight {
  parting: boolean;
}

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk needs a DeskProvider above it.');
  return desk;
}
