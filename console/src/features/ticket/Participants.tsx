import { ActionIcon, Autocomplete, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PARTICIPANTS, type Ticket } from '../../api/types';
import { useContactsLike } from '../contact/useContactsLike';
import { useMe } from '../people/useNames';
import classes from './Participants.module.css';
import { useTicketActions } from './useTicketActions';

const MOST_SUGGESTED = 8;
const ADDRESS = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/;

/** Who gets the replies besides the requester. */
export function Participants({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const me = useMe();
  const { change } = useTicketActions(ticket.number);
  const { participants } = ticket;
  const canChange = me.role !== 'collaborator';
  const remove = (address: string): void =>
    change({ participants: participants.filter((one) => one !== address) });
  return (
    <>
      {participants.length === 0 && <p className={classes.none}>{t('side.noParticipants')}</p>}
      <ul className={classes.people}>
        {participants.map((address) => (
          <li key={address}>
            <span className={classes.address}>{address}</span>
            {canChange && (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('side.removePerson', { address })}
                onClick={() => remove(address)}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {canChange && participants.length < MAX_PARTICIPANTS && (
        <AddPerson
          ticket={ticket}
          onAdd={(address) => change({ participants: [...participants, address] })}
        />
      )}
    </>
  );
}

function AddPerson({ ticket, onAdd }: { ticket: Ticket; onAdd: (address: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const like = useContactsLike(isOpen ? text : '');
  const add = (address: string): void => {
    setText(address);
    const known = [ticket.requester.email, ...ticket.participants];
    if (!ADDRESS.test(address)) setFault(t('side.notAnAddress'));
    else if (known.some((one) => one.toLowerCase() === address.toLowerCase()))
      setFault(t('side.knownPerson'));
    else {
      setText('');
      onAdd(address);
    }
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    add(text.trim());
  };
  const type = (typed: string): void => {
    const chosen = like.find((one) => one.label === typed);
    setFault(null);
    if (chosen) add(chosen.email);
    else setText(typed);
  };
  if (!isOpen) {
    return (
      <Button
        size="compact-xs"
        variant="subtle"
        mt={4}
        leftSection={<IconPlus size={13} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('side.addSomebody')}
      </Button>
    );
  }
  return (
    <form className={classes.add} noValidate onSubmit={submit}>
      <Autocomplete
        className={classes.field}
        size="xs"
        inputMode="email"
        autoFocus
        aria-label={t('side.address')}
        placeholder="name@example.com"
        limit={MOST_SUGGESTED}
        data={like.map((one) => one.label)}
        filter={({ options }) => options}
        comboboxProps={{ width: 300, position: 'bottom-start' }}
        value={text}
        error={fault}
        onChange={type}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          setOpen(false);
        }}
      />
      <Button size="xs" type="submit" variant="default">
        {t('side.add')}
      </Button>
    </form>
  );
}
