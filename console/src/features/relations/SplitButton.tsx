import { ActionIcon, Button, Group, Modal, TextInput, Tooltip } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import type { Message, Ticket } from '../../api/types';
import { useHere } from '../../app/here';
import { problemText, say } from '../../app/say';
import { useOutbox } from '../outbox/context';
import { useMe } from '../people/useNames';
import { refreshLists } from '../ticket/cache';
import classes from './Relations.module.css';

const CAN_BE_SPLIT = ['customer_message', 'internal_note'];

interface Props {
  ticket: Ticket;
  message: Message;
}

/** Makes a ticket of its own of a message that is about something else. */
export function SplitButton({ ticket, message }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  if (!CAN_BE_SPLIT.includes(message.kind)) return null;
  if (me.role === 'collaborator' || ticket.merged_into) return null;
  return (
    <>
      <Tooltip label={t('split.title')}>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={t('split.title')}
          onClick={() => setOpen(true)}
        >
          <IconArrowsSplit2 size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Modal opened={isOpen} onClose={close} size="md" title={t('split.title')}>
        <SplitForm ticket={ticket} message={message} onDone={close} />
      </Modal>
    </>
  );
}

function SplitForm({ ticket, message, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation();
  const { relations } = useDesk();
  const queries = useQueryClient();
  const outbox = useOutbox();
  const navigate = useNavigate();
  const { beside } = useHere();
  const [subject, setSubject] = useState(ticket.subject);
  const [key] = useState(() => crypto.randomUUID());
  const split = useMutation({
    mutationFn: async () => {
      // Splitting moves the ticket on: a change of status that waits would be refused after it.
      await outbox.settle(ticket.number);
      return relations.split(ticket.number, message.id, subject.trim(), key);
    },
    onSuccess: ({ number }) => {
      onDone();
      say(t('split.done', { number }));
      void queries.invalidateQueries({ queryKey: ['links'] });
      void queries.invalidateQueries({ queryKey: keys.ticket(ticket.number) });
      refreshLists(queries);
      void navigate({ to: '/tickets/$number', params: { number }, search: beside });
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (subject.trim()) split.mutate();
  };
  return (
    <form onSubmit={submit}>
      <p className={classes.lead}>{t('split.lead')}</p>
      <TextInput
        data-autofocus
        label={t('split.subject')}
        maxLength={250}
        value={subject}
        error={split.error ? problemText(split.error, t) : null}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onDone}>
          {t('newTicket.cancel')}
        </Button>
        <Button type="submit" disabled={!subject.trim()} loading={split.isPending}>
          {t('split.do')}
        </Button>
      </Group>
    </form>
  );
}
