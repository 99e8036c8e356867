import { Autocomplete, Button, Group, Modal } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactBody } from '../../api/contactsDesk';
import { useDesk } from '../../api/desk';
import { ticketsOfQuery } from '../../api/queries';
import { problemText, say } from '../../app/say';
import classes from './Contact.module.css';
import { useChangeContact } from './useChangeContact';
import { useContactOf } from './useContact';
import { useContactsLike } from './useContactsLike';

const MOST_SUGGESTED = 8;

interface Props {
  contact: ContactBody;
  opened: boolean;
  onClose: () => void;
}

/** Two contacts who are one person, with what becomes of them before it is done. */
export function MergeContactDialog({ contact, opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size="md" title={t('contact.merge')}>
      <MergeForm contact={contact} onClose={onClose} />
    </Modal>
  );
}

function MergeForm({ contact, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const { contacts } = useDesk();
  const [address, setAddress] = useState('');
  const like = useContactsLike(address).filter(
    ({ email }) => !contact.addresses.some((own) => own.toLowerCase() === email.toLowerCase()),
  );
  const found = useContactOf(address);
  const isSame = found?.id === contact.id;
  const other = found && !isSame ? found : null;
  const merge = useChangeContact(
    () => contacts.merge(contact.id, other?.id ?? ''),
    () => {
      onClose();
      say(t('contact.merged', { name: other?.name ?? '' }));
    },
  );
  return (
    <>
      <Autocomplete
        data-autofocus
        label={t('contact.other')}
        description={t('contact.otherHint', { name: contact.name })}
        placeholder="name@example.com"
        limit={MOST_SUGGESTED}
        data={like.map((one) => one.label)}
        filter={({ options }) => options}
        value={address}
        error={found === null ? t('contact.notKnown') : isSame ? t('contact.isSame') : null}
        onChange={(text) => setAddress(like.find((one) => one.label === text)?.email ?? text)}
      />
      {other && <Preview contact={contact} other={other} />}
      {merge.error && (
        <p className={classes.fault} role="alert">
          {problemText(merge.error, t)}
        </p>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('newTicket.cancel')}
        </Button>
        <Button
          color="red.8"
          disabled={!other}
          loading={merge.isPending}
          onClick={() => merge.mutate()}
        >
          {t('contact.mergeDo')}
        </Button>
      </Group>
    </>
  );
}

function Preview({ contact, other }: { contact: ContactBody; other: ContactBody }) {
  const { t } = useTranslation();
  const own = useCount(contact.id);
  const theirs = useCount(other.id);
  return (
    <section className={classes.preview} aria-label={t('contact.preview')} aria-live="polite">
      <p>{t('contact.stays', { stays: other.name, goes: contact.name })}</p>
      <dl>
        <dt>{t('contact.addresses')}</dt>
        <dd>{[...other.addresses, ...contact.addresses].join(', ')}</dd>
        <dt>{t('contact.tickets')}</dt>
        <dd>{t('contact.ticketsOfBoth', { own, theirs })}</dd>
      </dl>
      <p>{t('contact.noWayBack')}</p>
    </section>
  );
}

/** How many tickets the first page knows, and whether there are more. */
function useCount(id: string): string {
  const { data } = useInfiniteQuery(ticketsOfQuery(useDesk(), id));
  const [page] = data?.pages ?? [];
  return page ? `${page.tickets.length}${page.next ? '+' : ''}` : '…';
}
