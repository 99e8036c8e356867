import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsJoin, IconDots, IconPencil, IconUserShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../../api/types';
import { useShortcut } from '../keyboard/shortcuts';
import { Keys } from '../keyboard/Keys';
import { Initials } from '../people/Initials';
import { useMe } from '../people/useNames';
import { useTicketActions } from '../ticket/useTicketActions';
import classes from './Contact.module.css';
import { ContactDialog } from './ContactDialog';
import { MergeContactDialog } from './MergeContactDialog';
import { RequesterDialog } from './RequesterDialog';
import { useContact } from './useContact';

type Door = 'edit' | 'change' | 'merge';

/** Who asks, of which house, by which addresses, and what can be changed about that. */
export function ContactPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { requester } = ticket;
  const canChange = useMe().role !== 'collaborator';
  const { change } = useTicketActions(ticket.number);
  const contact = useContact(requester.id);
  const [open, setOpen] = useState<Door | null>(null);
  const close = (): void => setOpen(null);
  useShortcut('requester', () => setOpen('change'), canChange && !ticket.merged_into);
  const others = (contact?.addresses ?? []).filter((address) => address !== requester.email);
  return (
    <section className={classes.person} aria-label={t('side.requester')}>
      <Initials name={requester.name} of="customer" size={40} isBesideName />
      <div className={classes.who}>
        <div className={classes.name}>{requester.name}</div>
        <a className={classes.mail} href={`mailto:${requester.email}`}>
          {requester.email}
        </a>
        {others.length > 0 && (
          <div className={classes.more}>{t('contact.also', { addresses: others.join(', ') })}</div>
        )}
        {contact?.organisation_name && (
          <div className={classes.more}>{contact.organisation_name}</div>
        )}
      </div>
      {canChange && (
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <ActionIcon
              className={classes.menu}
              variant="subtle"
              color="gray"
              aria-label={t('contact.menu', { name: requester.name || requester.email })}
            >
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconPencil size={16} aria-hidden />}
              disabled={!contact}
              onClick={() => setOpen('edit')}
            >
              {t('contact.edit')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowsJoin size={16} aria-hidden />}
              disabled={!contact}
              onClick={() => setOpen('merge')}
            >
              {t('contact.merge')}
            </Menu.Item>
            {!ticket.merged_into && (
              <Menu.Item
                leftSection={<IconUserShare size={16} aria-hidden />}
                rightSection={<Keys of="requester" />}
                onClick={() => setOpen('change')}
              >
                {t('contact.changeRequester')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {contact && (
        <>
          <ContactDialog contact={contact} opened={open === 'edit'} onClose={close} />
          <MergeContactDialog contact={contact} opened={open === 'merge'} onClose={close} />
        </>
      )}
      <RequesterDialog
        ticket={ticket}
        opened={open === 'change'}
        onClose={close}
        onChange={change}
      />
    </section>
  );
}
