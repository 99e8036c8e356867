import { Checkbox, Progress } from '@mantine/core';
import { IconAt, IconBell } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import type { Message, Ticket } from '../../api/types';
import { sayProblem } from '../../app/say';
import { useNames } from '../people/useNames';
import { patchTicket, replaceTicket } from '../ticket/cache';
import { shortMoment } from '../time/format';
import { useNow } from '../time/useNow';
import classes from './Notes.module.css';

interface Props {
  note: Message;
  ticket: Ticket;
}

/** What a note has besides its words: who is called in, what is to be done, when it comes back. */
export function NoteParts({ note, ticket }: Props) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const now = useNow();
  const reminders = ticket.reminders.filter((one) => one.message_id === note.id);
  return (
    <>
      {note.items.length > 0 && <Items note={note} ticket={ticket} />}
      {note.mentions.length > 0 && (
        <p className={classes.part}>
          <IconAt size={14} aria-hidden />
          {t('notes.calledIn', { names: note.mentions.map((id) => names.agent(id)).join(', ') })}
        </p>
      )}
      {reminders.map(({ at, agent_id }) => (
        <p key={`${at} ${agent_id}`} className={classes.part}>
          <IconBell size={14} aria-hidden />
          {t('notes.reminderOf', {
            name: names.agent(agent_id),
            when: shortMoment(new Date(at), i18n.language, now),
          })}
        </p>
      ))}
    </>
  );
}

function Items({ note, ticket }: Props) {
  const { t } = useTranslation();
  const { isTicked, tick } = useTicks(note, ticket);
  const all = note.items.length;
  const done = note.items.filter((_, index) => isTicked(index)).length;
  return (
    <div className={classes.items}>
      <div className={classes.progress}>
        <Progress className={classes.bar} value={(done / all) * 100} size="sm" aria-hidden />
        <span className="tabular">{t('notes.progress', { done, all })}</span>
      </div>
      <ul aria-label={t('notes.list')}>
        {note.items.map((item, index) => (
          <li key={`${index} ${item}`}>
            <Checkbox
              size="xs"
              label={item}
              checked={isTicked(index)}
              disabled={ticket.status === 'deleted' || ticket.status === 'closed'}
              onChange={(event) => tick(index, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Ticks stand on the ticket, for what was said is never changed; shown at once. */
function useTicks(note: Message, ticket: Ticket) {
  const desk = useDesk();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const nameOf = (index: number) => `${note.id}:${index}`;
  const { mutate } = useMutation({
    scope: { id: `ticket-${ticket.number}` },
    mutationFn: ({ index, done }: { index: number; done: boolean }) =>
      desk.tick(ticket.number, note.id, index, done),
    onMutate: ({ index, done }) => {
      const others = ticket.ticked.filter((one) => one !== nameOf(index));
      const ticked = done ? [...others, nameOf(index)] : others;
      patchTicket(queries, ticket.number, { ticked });
      return { before: ticket.ticked };
    },
    onSuccess: (changed) => replaceTicket(queries, changed),
    onError: (error, _change, context) => {
      patchTicket(queries, ticket.number, { ticked: context?.before ?? [] });
      sayProblem(error, t);
    },
  });
  return {
    isTicked: (index: number) => ticket.ticked.includes(nameOf(index)),
    tick: (index: number, done: boolean) => mutate({ index, done }),
  };
}
