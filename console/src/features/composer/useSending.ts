import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import type { OpenedTicket } from '../../api/types';
import { say, sayProblem } from '../../app/say';
import { useUndoSeconds } from '../account/useUndoSeconds';
import { useOutbox } from '../outbox/context';
import { basisOf } from '../outbox/outgoing';
import { useMe } from '../people/useNames';
import { withMessage } from '../ticket/cache';
import { shortMoment } from '../time/format';
import { draftOf, EMPTY, keepDraft, type Draft } from './drafts';

/** Replies wait in the outbox so that they can be taken back; notes stay in the house and go. */
export function useSending(opened: OpenedTicket, kind: Draft['kind']) {
  const desk = useDesk();
  const me = useMe();
  const queries = useQueryClient();
  const outbox = useOutbox();
  const undoSeconds = useUndoSeconds();
  const { t, i18n } = useTranslation();
  const { number, version } = opened.ticket;

  const note = useMutation({
    mutationFn: (draft: Draft & { key: string }) => {
      const uploads = draft.files.map((file) => file.upload);
      const message = { kind: draft.kind, text: draft.text, uploads, then: 'stay' as const };
      const contact = draft.contact ? { contact: draft.contact } : {};
      const items = (draft.items ?? []).map((item) => item.trim()).filter(Boolean);
      const extras = { items, ...(draft.remindAt ? { remind_at: draft.remindAt } : {}) };
      return desk.say(number, { ...message, ...contact, ...extras }, version, draft.key);
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
      keepDraft(me.id, number, { ...draft, contact: null });
      outbox.reply(number, then, basisOf(opened), undoSeconds);
    }
  };
  const sendLater = async (at: Date, then: 'stay' | 'resolve'): Promise<void> => {
    keepDraft(me.id, number, { ...draftOf(me.id, number), kind, contact: null });
    const isKept = await outbox.replyLater(number, then, basisOf(opened), at);
    const when = shortMoment(at, i18n.language, Date.now());
    if (isKept) say(t('later.kept', { when }));
  };
  return { send, sendLater, isSending: note.isPending };
}
