import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import type { OpenedTicket, Ticket } from '../../api/types';
import { useHere } from '../../app/here';
import { problemText, say } from '../../app/say';
import { useOutbox } from '../outbox/context';
import { useMe, useNames } from '../people/useNames';
import classes from '../time/TimePicker.module.css';
import { refreshLists, replaceTicket } from './cache';

interface Props {
  ticket: Ticket;
  opened: boolean;
  onClose: () => void;
}

/** Hands a ticket up to the department that comes next. */
export function EscalateDialog({ ticket, opened, onClose }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const name = names.department(ticket.escalates_to);
  return (
    <Modal opened={opened} onClose={onClose} size="md" title={t('escalate.title', { name })}>
      <EscalateForm ticket={ticket} name={name} onClose={onClose} />
    </Modal>
  );
}

function EscalateForm({ ticket, name, onClose }: Omit<Props, 'opened'> & { name: string }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const me = useMe();
  const queries = useQueryClient();
  const outbox = useOutbox();
  const navigate = useNavigate();
  const { view } = useHere();
  const [reason, setReason] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const isMine = me.departments.includes(ticket.escalates_to) || me.role === 'administrator';
  const escalate = useMutation({
    mutationFn: async () => {
      await outbox.settle(ticket.number);
      const shown = queries.getQueryData<OpenedTicket>(keys.ticket(ticket.number));
      const { version } = shown?.ticket ?? ticket;
      const text = reason.trim();
      const note = { kind: 'internal_note', text, then: 'stay' } as const;
      const noted = text ? await desk.say(ticket.number, note, version, key) : null;
      return desk.escalate(ticket.number, noted?.ticket.version ?? version);
    },
    onSuccess: (moved) => {
      onClose();
      say(t('escalate.done', { number: moved.number, name }));
      if (isMine) replaceTicket(queries, moved);
      else {
        refreshLists(queries);
        void navigate({ to: '/lists/$view', params: { view } });
      }
    },
  });
  return (
    <>
      <p className={classes.lead}>{t('escalate.lead', { name })}</p>
      {!isMine && <p className={classes.lead}>{t('escalate.leaves')}</p>}
      <Textarea
        data-autofocus
        autosize
        minRows={3}
        label={t('escalate.reason')}
        description={t('escalate.reasonHint')}
        value={reason}
        error={escalate.error ? problemText(escalate.error, t) : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('newTicket.cancel')}
        </Button>
        <Button loading={escalate.isPending} onClick={() => escalate.mutate()}>
          {t('escalate.do')}
        </Button>
      </Group>
    </>
  );
}
