import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { problemText, say } from '../../app/say';
import { useOutbox } from '../outbox/context';
import { refreshLists } from '../ticket/cache';
import classes from './Relations.module.css';

/** What is asked when a ticket with open parts is solved. */
export interface PartsQuestion {
  /** How many parts are open. */
  count: number;
  /** What was said on the ticket itself, to be said again. */
  text: string;
  /** Solves the ticket itself; null when a reply does it. */
  resolve: (() => void) | null;
}

interface Props {
  number: number;
  question: PartsQuestion | null;
  onClose: () => void;
}

/** The same answer for all open parts of a ticket that is solved. */
export function PartsDialog({ number, question, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={question !== null}
      onClose={onClose}
      size="lg"
      title={t('parts.title', { count: question?.count ?? 0 })}
    >
      {question && <PartsForm number={number} question={question} onClose={onClose} />}
    </Modal>
  );
}

function PartsForm({ number, question, onClose }: Props & { question: PartsQuestion }) {
  const { t } = useTranslation();
  const { relations } = useDesk();
  const queries = useQueryClient();
  const outbox = useOutbox();
  const { count, resolve } = question;
  const [text, setText] = useState(question.text);
  // One key for as long as the question stands: a repeated click answers once.
  const [key] = useState(() => crypto.randomUUID());
  const answer = useMutation({
    mutationFn: async () => {
      const { links } = await relations.links(number);
      const parts = links.filter((link) => link.kind === 'child').map((link) => link.number);
      await outbox.settle(...parts);
      return relations.answerChildren(number, { text, then: 'resolve' }, key);
    },
    onSuccess: (parts) => {
      void queries.invalidateQueries({ queryKey: ['links'] });
      for (const part of parts) {
        void queries.invalidateQueries({ queryKey: keys.ticket(part.number) });
      }
      refreshLists(queries);
      if (parts.some((part) => !part.answered)) return;
      say(t('parts.done', { count: parts.length }));
      onClose();
      resolve?.();
    },
  });
  const refused = (answer.data ?? []).filter((part) => !part.answered);
  return (
    <>
      <p className={classes.lead}>{t('parts.lead')}</p>
      <Textarea
        data-autofocus
        autosize
        minRows={4}
        maxRows={12}
        label={t('parts.text')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {answer.error && (
        <p className={classes.fault} role="alert">
          {problemText(answer.error, t)}
        </p>
      )}
      {refused.length > 0 && (
        <ul className={classes.faults} role="alert">
          {refused.map((part) => (
            <li key={part.number}>
              #{part.number}: {part.problem}
            </li>
          ))}
        </ul>
      )}
      <Group justify="flex-end" mt="md">
        <Button
          variant="default"
          onClick={() => {
            onClose();
            resolve?.();
          }}
        >
          {t(resolve ? 'parts.onlyThis' : 'parts.notTheParts')}
        </Button>
        <Button disabled={!text.trim()} loading={answer.isPending} onClick={() => answer.mutate()}>
          {t('parts.do', { count })}
        </Button>
      </Group>
    </>
  );
}
