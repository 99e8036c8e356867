import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { isGone, StaleTicket } from '../../api/problems';
import { keys } from '../../api/queries';
import type { OpenedTicket, ScheduledReply, ScheduledReplyChange } from '../../api/types';
import { say, sayProblem } from '../../app/say';
import { keepDraftBelow } from '../composer/drafts';
import { useOutbox } from '../outbox/context';
import { useMe } from '../people/useNames';
import { replaceScheduled, replaceTicket, withMessage } from '../ticket/cache';

/** What can be done with a reply that waits, on the ticket as it is shown. */
export function useScheduled(opened: OpenedTicket, reply: ScheduledReply) {
  const desk = useDesk();
  const me = useMe();
  const queries = useQueryClient();
  const outbox = useOutbox();
  const { t } = useTranslation();
  const { number, version } = opened.ticket;

  const onError = (error: unknown): void => {
    if (isGone(error)) say(t('outbox.tooLate', { number }));
    else sayProblem(error, t);
    if (error instanceof StaleTicket && error.current) replaceTicket(queries, error.current.ticket);
    void queries.invalidateQueries({ queryKey: keys.ticket(number) });
  };
  const send = useMutation({
    mutationFn: () => desk.sendScheduled(number, reply.id, version),
    onSuccess: (added) => {
      outbox.rebase(number, version, added.ticket.version);
      replaceScheduled(queries, number, reply.id, null);
      withMessage(queries, number, added);
    },
    onError,
  });
  const back = useMutation({
    mutationFn: () => desk.takeBack(number, reply.id),
    onSuccess: (taken) => {
      replaceScheduled(queries, number, reply.id, null);
      const files = taken.reply.attachments.map(({ filename, size }, index) => ({
        upload: taken.uploads[index] ?? '',
        name: filename,
        size,
      }));
      keepDraftBelow(me.id, number, { kind: 'public_reply', text: taken.reply.text, files });
    },
    onError,
  });
  const edit = useMutation({
    mutationFn: (change: Omit<ScheduledReplyChange, 'version'>) =>
      desk.changeScheduled(number, reply.id, { ...change, version: reply.version }, version),
    onSuccess: (changed) => replaceScheduled(queries, number, reply.id, changed),
    onError,
  });
  return {
    sendNow: () => send.mutate(),
    takeBack: () => back.mutate(),
    change: edit.mutate,
    isBusy: send.isPending || back.isPending || edit.isPending,
  };
}
