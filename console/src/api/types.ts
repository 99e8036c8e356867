import type { components } from './schema';

/** The server's nouns under the names that the console uses; nothing is declared by hand here. */
type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type MeChange = Schemas['MeChange'];
export type Colleague = Schemas['Colleague'];
export type NamedSetting = Schemas['NamedSetting'];
export type Role = Schemas['Role'];
export type SignIn = Schemas['SignIn'];
export type NoticeKind = Schemas['NoticeKind'];
export type NoticeChannel = Schemas['NoticeChannel'];
export type Notice = Schemas['NoticeBody'];
export type NoticePage = Schemas['NoticePage'];

export type Status = Schemas['Status'];
export type Priority = Schemas['Priority'];
export type Channel = Schemas['Channel'];
export type MessageKind = Schemas['MessageKind'];
export type EventKind = Schemas['EventKind'];
export type DeliveryState = Schemas['DeliveryState'];
export type Badge = Schemas['SLABadge'];
export type BadgeState = Badge['state'];
export type Clock = Schemas['ClockBody'];
export type ProvedClock = Schemas['ProvedClock'];
export type ProvedClocks = Schemas['ProvedClocks'];
export type Actor = Schemas['ActorBody'];
export type Attachment = Schemas['AttachmentBody'];
export type Message = Schemas['MessageBody'];
export type TicketEvent = Schemas['EventBody'];
export type Entry = Message | TicketEvent;
export type TicketSummary = Schemas['TicketSummary'];
export type Ticket = Schemas['TicketBody'];
export type OpenedTicket = Schemas['OpenedTicket'];
export type EntryPage = Schemas['EntryPage'];
export type TicketPage = Schemas['TicketPage'];
export type TicketChange = Schemas['TicketChange'];
export type NewTicket = Schemas['NewTicket'];
export type NewMessage = Schemas['NewMessage'];
export type MessageAdded = Schemas['MessageAdded'];
export type ScheduledReply = Schemas['ScheduledReplyBody'];
export type ScheduledReplyChange = Schemas['ScheduledReplyChange'];
export type TakenBack = Schemas['TakenBack'];
export type HeldReason = Schemas['HeldReason'];
export type Contact = NonNullable<NewMessage['contact']>;
export type FirstMessage = Schemas['FirstMessage'];
export type View = Schemas['ViewSummary'];
/** One of the lists of every desk, or a view that was saved. */
export type ViewId = View['id'];
/** The lists that every desk has. */
export type FixedView = 'to_solve' | 'mine' | 'unassigned' | 'all_open';
export type Claimed = Schemas['Claimed'];
export type NewUpload = Schemas['NewUpload'];
export type UploadSlot = Schemas['UploadSlot'];
export type AttachmentLink = Schemas['AttachmentLink'];
export type Problem = Schemas['Problem'];
export type StaleProblem = Schemas['StaleProblem'];

export const VIEW_IDS: readonly FixedView[] = ['to_solve', 'mine', 'unassigned', 'all_open'];
export const isFixed = (view: string): view is FixedView =>
  (VIEW_IDS as readonly string[]).includes(view);
export const PRIORITIES: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
export const CONTACTS: readonly Contact[] = ['phone', 'in_person', 'messenger', 'elsewhere'];
export const MAX_PARTICIPANTS = 20;
export const MAX_FILES = 10;
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Which part of a list is asked for. */
export interface ListFilter {
  department?: string | undefined;
  status?: Status | undefined;
}
