import { Button, Group, Modal, Textarea } from '@mantine/core';
import { IconArrowForwardUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { ApiProblem } from '../../api/problems';
import type { Ticket } from '../../api/types';
import { useHere } from '../../app/here';
import { problemText, say } from '../../app/say';
import { useMe } from '../people/useNames';
import { refreshLists } from '../ticket/cache';

/** Leaves the agent's own ticket to others, with a reason, and deals him the next one. */
export function PassOn({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  const waits = ticket.status === 'new' || ticket.status === 'open';
  const claims = me.role === 'agent' || me.role === 'supervisor';
  if (!claims || !waits || ticket.assignee_id !== me.id) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconArrowForwardUp size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('passOn.do')}
      </Button>
      <Modal opened={isOpen} onClose={close} size="md" title={t('passOn.title')}>
        <PassOnForm number={ticket.number} onClose={close} />
      </Modal>
    </>
  );
}

function PassOnForm({ number, onClose }: { number: number; onClose: () => void }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { view, filter, beside } = useHere();
  const [reason, setReason] = useState('');
  const passOn = useMutation({
    mutationFn: () => desk.claim([], { number, reason: reason.trim() }),
    onSuccess: ({ ticket, newly_assigned }) => {
      onClose();
      refreshLists(queries);
      if (newly_assigned) say(t('lists.dealt', { number: ticket.number }));
      void navigate({ to: '/tickets/$number', params: { number: ticket.number }, search: beside });
    },
    onError: (error) => {
      if (!(error instanceof ApiProblem) || error.kind !== 'nothing-to-solve') return;
      // It was passed on all the same; there is just no other one.
      onClose();
      refreshLists(queries);
      say(t('problem.nothingToSolve'));
      void navigate({ to: '/lists/$view', params: { view }, search: filter });
    },
  });
  return (
    <>
      <Textarea
        data-autofocus
        autosize
        minRows={2}
        maxLength={200}
        label={t('passOn.reason')}
        description={t('passOn.reasonHint')}
        value={reason}
        error={passOn.error ? problemText(passOn.error, t) : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('newTicket.cancel')}
        </Button>
        <Button
          disabled={!reason.trim()}
          loading={passOn.isPending}
          onClick={() => passOn.mutate()}
        >
          {t('passOn.confirm')}
        </Button>
      </Group>
    </>
  );
}
