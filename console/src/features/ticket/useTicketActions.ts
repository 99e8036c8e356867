import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { StaleTicket } from '../../api/problems';
import { keys } from '../../api/queries';
import type { OpenedTicket, Ticket, TicketChange } from '../../api/types';
import type { FieldValue } from '../../api/vocabulary';
import { sayProblem } from '../../app/say';
import { useUndoSeconds } from '../account/useUndoSeconds';
import { leadToFault } from '../fields/refusals';
import { useOutbox } from '../outbox/context';
import { basisOf } from '../outbox/outgoing';
import { patchTicket, replaceTicket } from './cache';

export interface TicketActions {
  /** Shown at once, put back when the server refuses. */
  change: (change: TicketChange) => void;
  /** For what takes the ticket off the desk: can be undone for some seconds before it is made. */
  changeLater: (change: TicketChange) => void;
}

export function useTicketActions(number: number): TicketActions {
  const desk = useDesk();
  const queries = useQueryClient();
  const outbox = useOutbox();
  const undoSeconds = useUndoSeconds();
  const { t } = useTranslation();
  const shown = () => queries.getQueryData<OpenedTicket>(keys.ticket(number));

  const { mutate } = useMutation({
    // One after the other: each change is based on the version that the one before it gave.
    scope: { id: `ticket-${number}` },
    mutationFn: async (change: TicketChange) => {
      const version = shown()?.ticket.version ?? 0;
      const ticket = await desk.change(number, change, version);
      outbox.rebase(number, version, ticket.version);
      return ticket;
    },
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey: keys.ticket(number) });
      const before = shown();
      patchTicket(queries, number, shownAs(change, before?.ticket));
      return { before };
    },
    onSuccess: (ticket) => replaceTicket(queries, ticket),
    onError: (error, _change, context) => {
      const before = context?.before;
      if (before) patchTicket(queries, number, before.ticket);
      if (error instanceof StaleTicket && error.current)
        replaceTicket(queries, error.current.ticket);
      else void queries.invalidateQueries({ queryKey: keys.ticket(number) });
      if (!leadToFault(number, error)) sayProblem(error, t);
    },
  });
  return {
    change: mutate,
    changeLater: (change) => {
      const opened = shown();
      if (opened) outbox.change(number, change, basisOf(opened), undoSeconds);
    },
  };
}

function shownAs(
  {
    priority,
    department_id,
    assignee_id,
    subject,
    tags,
    participants,
    type_id,
    label_id,
    fields,
  }: TicketChange,
  ticket: Ticket | undefined,
): Partial<Ticket> {
  return {
    ...(priority ? { priority } : {}),
    // Another department takes over: the owner is free again, as the server has it.
    ...(department_id ? { department_id, assignee_id: '' } : {}),
    ...(assignee_id != null ? { assignee_id } : {}),
    ...(subject ? { subject } : {}),
    ...(tags ? { tags } : {}),
    ...(participants ? { participants } : {}),
    ...(type_id != null ? { type_id } : {}),
    ...(label_id != null ? { label_id } : {}),
    ...(fields ? { fields: filled(ticket?.fields ?? {}, fields) } : {}),
  };
}

/** The values with a change of some; null empties a field. */
function filled(
  before: Ticket['fields'],
  change: NonNullable<TicketChange['fields']>,
): Ticket['fields'] {
  const all = Object.entries({ ...before, ...change });
  return Object.fromEntries(
    all.filter((entry): entry is [string, FieldValue] => entry[1] !== null),
  );
}
