import {
  IconDeviceMobileMessage,
  IconMessages,
  IconPhoneCall,
  IconUsers,
} from '@tabler/icons-react';
import { CONTACTS, type Channel, type Contact } from '../../api/types';

const ICONS: Record<Contact, typeof IconPhoneCall> = {
  phone: IconPhoneCall,
  in_person: IconUsers,
  messenger: IconDeviceMobileMessage,
  elsewhere: IconMessages,
};

export function ContactIcon({ contact, size = 14 }: { contact: Contact; size?: number }) {
  const Icon = ICONS[contact];
  return <Icon size={size} aria-hidden />;
}

/** The way by which a note says that something was told outside the desk; null for other notes. */
export function contactOf(channel: Channel): Contact | null {
  return CONTACTS.find((contact) => contact === channel) ?? null;
}
