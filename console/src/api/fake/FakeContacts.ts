import type { ContactBody, ContactChange, ContactsDesk, FoundContacts } from '../contactsDesk';
import type { Ticket, TicketPage } from '../types';
import { fakeProblem, type FakeTickets } from './FakeTickets';

const PAGE = 10;

/** The demo's customers: whoever is the requester of a ticket. */
export class FakeContacts implements ContactsDesk {
  private readonly known = new Map<string, ContactBody>();

  constructor(
    private readonly store: FakeTickets,
    private readonly answer: <T>(value: T) => Promise<T>,
  ) {
    for (const { ticket } of store.kept.values()) this.note(ticket);
  }

  async find(address: string): Promise<ContactBody | null> {
    const wanted = address.trim().toLowerCase();
    return this.answer(this.all().find((one) => one.addresses.includes(wanted)) ?? null);
  }

  async search(text: string): Promise<FoundContacts> {
    const tokens = text.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = this.all().filter(({ name, addresses, organisation_name }) => {
      const words = [...`${name} ${organisation_name}`.toLowerCase().split(' '), ...addresses];
      return tokens.every((token) => words.some((word) => word.startsWith(token)));
    });
    return this.answer({ contacts: fitting.slice(0, PAGE), next: null });
  }

  async read(id: string): Promise<ContactBody> {
    return this.answer(this.get(id));
  }

  async change(id: string, { name, addresses }: ContactChange): Promise<ContactBody> {
    const contact = this.get(id);
    for (const address of addresses ?? []) this.refuseTaken(contact, address);
    if (name) contact.name = name;
    if (addresses) contact.addresses = addresses;
    return this.answer(contact);
  }

  async merge(id: string, into: string): Promise<ContactBody> {
    const [source, target] = [this.get(id), this.get(into)];
    target.addresses = [...target.addresses, ...source.addresses];
    Object.assign(source, { merged_into: into, addresses: [] });
    for (const { ticket } of this.store.kept.values()) {
      if (ticket.requester.id === id) ticket.requester = { ...ticket.requester, id: into };
    }
    return this.answer(target);
  }

  async tickets(id: string, cursor: string | null): Promise<TicketPage> {
    const own = [...this.store.kept.values()]
      .filter(({ ticket }) => ticket.requester.id === id)
      .map((kept) => this.store.current(kept))
      .sort((a, b) => b.created_at.localeCompare(a.created_at));
    const from = Number(cursor ?? 0);
    const next = from + PAGE < own.length ? String(from + PAGE) : null;
    return this.answer({ tickets: own.slice(from, from + PAGE), next });
  }

  /** Whose ticket it is to be: a known customer, or a new one. */
  person(email: string, name: string): Ticket['requester'] {
    const found = this.all().find((one) => one.addresses.includes(email));
    const id = found?.id ?? `contact-new-${this.known.size}`;
    const requester = { id, name: name || (found?.name ?? ''), email };
    if (!found) this.known.set(id, contactOf(requester, this.store.moment()));
    return requester;
  }

  private all(): ContactBody[] {
    for (const { ticket } of this.store.kept.values()) this.note(ticket);
    return [...this.known.values()].filter((one) => !one.merged_into);
  }

  private get(id: string): ContactBody {
    this.all();
    const found = this.known.get(id);
    if (!found) throw fakeProblem('not-found', 404, 'There is no such contact.');
    return found;
  }

  private note({ requester, created_at }: Ticket): void {
    if (!this.known.has(requester.id))
      this.known.set(requester.id, contactOf(requester, created_at));
  }

  private refuseTaken(contact: ContactBody, address: string): void {
    const other = this.all().find(
      (one) => one.id !== contact.id && one.addresses.includes(address),
    );
    if (other) throw fakeProblem('address-taken', 409, `${address} belongs to another contact.`);
  }
}

function contactOf({ id, name, email }: Ticket['requester'], created_at: string): ContactBody {
  return {
    id,
    name,
    addresses: [email],
    organisation_id: 'example',
    organisation_name: 'Example house',
    created_at,
    merged_into: '',
  };
}
