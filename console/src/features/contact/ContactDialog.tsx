import { ActionIcon, Badge, Button, Group, Modal, TextInput } from '@mantine/core';
import { IconArrowUp, IconX } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_ADDRESSES, type ContactBody } from '../../api/contactsDesk';
import { useDesk } from '../../api/desk';
import { problemText } from '../../app/say';
import classes from './Contact.module.css';
import { useChangeContact } from './useChangeContact';
import { isAddress } from './useContact';

interface Props {
  contact: ContactBody;
  opened: boolean;
  onClose: () => void;
}

/** A customer's name and addresses; he is written to at the first of them. */
export function ContactDialog({ contact, opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size="md" title={t('contact.edit')}>
      <ContactForm contact={contact} onClose={onClose} />
    </Modal>
  );
}

function ContactForm({ contact, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const { contacts } = useDesk();
  const [name, setName] = useState(contact.name);
  const [addresses, setAddresses] = useState(contact.addresses);
  const [added, setAdded] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const save = useChangeContact(
    () => contacts.change(contact.id, { name: name.trim(), addresses }),
    onClose,
  );
  const add = (): void => {
    const address = added.trim();
    if (!isAddress(address)) setFault(t('side.notAnAddress'));
    else if (addresses.some((one) => one.toLowerCase() === address.toLowerCase())) {
      setFault(t('contact.hasAddress'));
    } else {
      setAddresses([...addresses, address]);
      setAdded('');
    }
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (name.trim()) save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        data-autofocus
        required
        maxLength={120}
        label={t('contact.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <h3 className={classes.heading}>{t('contact.addresses')}</h3>
      <p className={classes.hint}>{t('contact.firstHint')}</p>
      <ol className={classes.addresses} aria-label={t('contact.addresses')}>
        {addresses.map((address, index) => (
          <li key={address}>
            <span className={classes.address}>{address}</span>
            {index === 0 ? (
              <Badge size="sm" variant="light">
                {t('contact.first')}
              </Badge>
            ) : (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('contact.makeFirst', { address })}
                onClick={() => setAddresses([address, ...addresses.filter((a) => a !== address)])}
              >
                <IconArrowUp size={14} aria-hidden />
              </ActionIcon>
            )}
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              disabled={addresses.length === 1}
              aria-label={t('side.removePerson', { address })}
              onClick={() => setAddresses(addresses.filter((one) => one !== address))}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {addresses.length < MAX_ADDRESSES && (
        <Group gap="xs" align="flex-start">
          <TextInput
            className={classes.grows}
            type="email"
            aria-label={t('contact.another')}
            placeholder="name@example.com"
            value={added}
            error={fault}
            onChange={(event) => {
              setAdded(event.currentTarget.value);
              setFault(null);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
          <Button variant="default" onClick={add}>
            {t('side.add')}
          </Button>
        </Group>
      )}
      {save.error && (
        <p className={classes.fault} role="alert">
          {problemText(save.error, t)}
        </p>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('newTicket.cancel')}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t('scheduled.save')}
        </Button>
      </Group>
    </form>
  );
}
