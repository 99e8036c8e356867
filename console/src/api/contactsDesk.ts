import type { components } from './schema';
import type { TicketPage } from './types';

type Schemas = components['schemas'];
export type ContactBody = Schemas['ContactBody'];
export type FoundContacts = Schemas['FoundContacts'];
export type ContactChange = Schemas['ContactChange'];

/** The desk refuses more for one customer. */
export const MAX_ADDRESSES = 20;

/** Customers as the desk knows them. */
export interface ContactsDesk {
  /** To whom a whole address belongs; null when the desk has not heard of it. */
  find(address: string): Promise<ContactBody | null>;
  /** Whom the beginnings of names, addresses or an organisation's name lead to, two letters at least. */
  search(text: string): Promise<FoundContacts>;
  read(id: string): Promise<ContactBody>;
  change(id: string, change: ContactChange): Promise<ContactBody>;
  /** Gives the contact that stands for both from then on. */
  merge(id: string, into: string): Promise<ContactBody>;
  /** Newest first. */
  tickets(id: string, cursor: string | null): Promise<TicketPage>;
}
