import { Autocomplete, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketSummary } from '../../api/types';
import { useKnownTickets } from '../palette/useKnownTickets';
import classes from './Contact.module.css';
import { useContactOf } from './useContact';

export interface Person {
  name: string;
  email: string;
}

interface Props {
  person: Person;
  faults?: { name?: string | undefined; email?: string | undefined };
  onChange: (person: Person) => void;
}

const MOST_SUGGESTED = 6;

/** Who asks: somebody of the lists by name or address, anybody whom the desk knows by address, or new. */
export function RequesterFields({ person, faults = {}, onChange }: Props) {
  const { t } = useTranslation();
  const { name, email } = person;
  const found = useContactOf(email);
  const known = peopleOf(useKnownTickets(name.trim().toLocaleLowerCase()));
  const chosen = (label: string) => known.find((one) => labelOf(one) === label);
  return (
    <div>
      <div className={classes.pair}>
        <Autocomplete
          label={t('newTicket.requester_name')}
          data-autofocus
          required={!found}
          maxLength={120}
          limit={MOST_SUGGESTED}
          data={known.map(labelOf)}
          filter={({ options }) => options}
          value={name}
          error={faults.name}
          onChange={(text) => onChange(chosen(text) ?? { ...person, name: text })}
        />
        <TextInput
          label={t('newTicket.requester_email')}
          type="email"
          required
          value={email}
          error={faults.email}
          onChange={(event) => onChange({ ...person, email: event.currentTarget.value })}
          onBlur={() => {
            if (found && !name.trim()) onChange({ ...person, name: found.name });
          }}
        />
      </div>
      <p className={classes.hint} role="status">
        {found === null && t('contact.isNew')}
        {found &&
          t(found.organisation_name ? 'contact.isKnownOf' : 'contact.isKnown', {
            name: found.name,
            organisation: found.organisation_name,
          })}
      </p>
    </div>
  );
}

function peopleOf(tickets: TicketSummary[]): Person[] {
  const people = tickets.map(({ requester }) => [requester.email, requester] as const);
  return [...new Map(people).values()].map(({ name, email }) => ({ name, email }));
}

function labelOf({ name, email }: Person): string {
  return name ? `${name} · ${email}` : email;
}
