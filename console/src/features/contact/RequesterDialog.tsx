import { Button, Group, Modal } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket, TicketChange } from '../../api/types';
import classes from './Contact.module.css';
import { RequesterFields, type Person } from './RequesterFields';
import { isAddress } from './useContact';

interface Props {
  ticket: Ticket;
  opened: boolean;
  onClose: () => void;
  onChange: (change: TicketChange) => void;
}

/** Gives a ticket to another customer, and says who gets the answers from then on. */
export function RequesterDialog({ opened, onClose, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t('contact.changeRequester')}>
      <RequesterForm onClose={onClose} {...form} />
    </Modal>
  );
}

function RequesterForm({ ticket, onClose, onChange }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const [person, setPerson] = useState<Person>({ name: '', email: '' });
  const email = person.email.trim();
  const before = ticket.requester.name || ticket.requester.email;
  const isOther = isAddress(email) && email.toLowerCase() !== ticket.requester.email.toLowerCase();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!isOther) return;
    onClose();
    const name = person.name.trim();
    onChange({ requester_email: email, ...(name ? { requester_name: name } : {}) });
  };
  return (
    <form onSubmit={submit}>
      <RequesterFields person={person} onChange={setPerson} />
      <p className={classes.lead}>
        {isOther
          ? t('contact.answersGo', { after: person.name.trim() || email, before })
          : t('contact.answersStay', { before })}
      </p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('newTicket.cancel')}
        </Button>
        <Button type="submit" disabled={!isOther}>
          {t('contact.changeRequester')}
        </Button>
      </Group>
    </form>
  );
}
