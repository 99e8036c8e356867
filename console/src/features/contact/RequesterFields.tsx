import { Autocomplete, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Contact.module.css';
import { useContactOf } from './useContact';
import { useContactsLike } from './useContactsLike';

export interface Person {
  name: string;
  email: string;
}

interface Props {
  person: Person;
  faults?: { name?: string | undefined; email?: string | undefined };
  onChange: (person: Person) => void;
}

const MOST_SUGGESTED = 8;

/** Who asks: anybody whom the desk knows, by name, address or organisation, or somebody new. */
export function RequesterFields({ person, faults = {}, onChange }: Props) {
  const { t } = useTranslation();
  const { name, email } = person;
  const found = useContactOf(email);
  const known = useContactsLike(name);
  const choose = (text: string): void => {
    const chosen = known.find((one) => one.label === text);
    onChange(chosen ? { name: chosen.name, email: chosen.email } : { ...person, name: text });
  };
  return (
    <div>
      <div className={classes.pair}>
        <Autocomplete
          label={t('newTicket.requester_name')}
          data-autofocus
          required={!found}
          maxLength={120}
          limit={MOST_SUGGESTED}
          data={known.map((one) => one.label)}
          filter={({ options }) => options}
          value={name}
          error={faults.name}
          onChange={choose}
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
