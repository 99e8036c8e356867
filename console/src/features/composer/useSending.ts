import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import type { OpenedTicket } from '../../api/types';
import { sayProblem } from '../../app/say';
import { usePreferences } from '../account/preferences';
import { useOutbox } from '../outbox/context';
import { basisOf } from '../outbox/Outbox';
import { useMe } from '../people/useNames';
import { withMessage } from '../ticket/cache';
import { draftOf, EMPTY, keepDraft, type Draft } from './drafts';

/** Replies wait in the outbox so that they can be taken back; notes stay in the house and go. */
export function useSending(opened: OpenedTicket, kind: Draft['kind']) {
  const desk = useDesk();
  const me = useMe();
  const queries = useQueryClient();
  const outbox = useOutbox();
  const { undoSeconds } = usePreferences();
  const { t } = useTranslation();
  const { number, version } = opened.ticket;

  const note = useMutation({
    mutationFn: (draft: Draft & { key: string }) => {
      const uploads = draft.files.map((file) => file.upload);
      const message = { kind: draft.kind, text: draft.text, uploads, then: 'stay' as const };
      return desk.say(number, message, version, draft.key);
    },
    onSuccess: (added) => {
      keepDraft(me.id, number, EMPTY);
      outbox.rebase(number, version, added.ticket.version);
      withMessage(queries, number, added);
    },
    onError: (error) => sayProblem(error, t),
  });
  const send = (then: 'stay' | 'resolve'): void => {
    const draft = { ...draftOf(me.id, number), kind };
    if (kind === 'internal_note') {
      note.mutate({ ...draft, key: crypto.randomUUID() });
    } else {
      keepDraft(me.id, number, draft);
      outbox.reply(number, then, basisOf(opened), undoSeconds);
    }
  };
  return { send, isSending: note.isPending };
}
