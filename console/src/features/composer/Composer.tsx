import { ActionIcon, FileButton, Textarea, Tooltip } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  memo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedTicket } from '../../api/types';
import { say } from '../../app/say';
import { useAnswers } from '../answers/useAnswers';
import { useResolvable } from '../fields/useResolvable';
import { NoteExtras } from '../notes/NoteExtras';
import { useMentions } from '../notes/useMentions';
import { useShortcut } from '../keyboard/shortcuts';
import { useMe } from '../people/useNames';
import { useOpenParts } from '../relations/links';
import { PartsDialog, type PartsQuestion } from '../relations/PartsDialog';
import classes from './Composer.module.css';
import { draftOf, keepDraft, useDraft } from './drafts';
import { FileChips } from './FileChips';
import { ContactChoice } from './ContactChoice';
import { KindSwitch, type Kind } from './KindSwitch';
import { NewMeanwhile } from './NewMeanwhile';
import { Recipients } from './Recipients';
import { SendButtons } from './SendButtons';
import { SendLaterDialog } from './SendLaterDialog';
import { useSending } from './useSending';
import { useUploads } from './useUploads';

const LABELS = {
  reply: 'composer.replyLabel',
  note: 'composer.noteLabel',
  contact: 'composer.contactLabel',
} as const;
const PLACEHOLDERS = {
  reply: 'composer.replyPlaceholder',
  note: 'composer.notePlaceholder',
  contact: 'composer.contactPlaceholder',
} as const;

/** Where an agent writes: a public reply, a note, or what was said elsewhere; never to be mistaken. */
export const Composer = memo(function Composer({ opened }: { opened: OpenedTicket }) {
  const { t } = useTranslation();
  const { ticket } = opened;
  const me = useMe();
  const [draft, keep] = useDraft(me.id, ticket.number);
  const canReply =
    ticket.allowed_causes.includes('agent_replied') &&
    me.role !== 'collaborator' &&
    !ticket.internal;
  const isNote = draft.kind === 'internal_note' || !canReply;
  const kind = isNote ? 'internal_note' : 'public_reply';
  const contact = isNote ? (draft.contact ?? null) : null;
  const chosen: Kind = contact ? 'contact' : isNote ? 'note' : 'reply';
  const [isOpen, setOpen] = useState(false);
  const [isChoosingTime, setChoosingTime] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads(draft.files.length, (file) => {
    // Read anew: the text may have grown while the file was on its way.
    const now = draftOf(me.id, ticket.number);
    keepDraft(me.id, ticket.number, { ...now, files: [...now.files, file] });
  });
  const { send, sendLater, isSending } = useSending(opened, kind);
  const openParts = useOpenParts(ticket);
  const [question, setQuestion] = useState<PartsQuestion | null>(null);
  const isResolvable = useResolvable(ticket);
  const isEmpty = !draft.text.trim();
  const isBlocked = isEmpty || uploads.isBusy || isSending;

  const write = (wanted: Kind): void => {
    keep({
      ...draft,
      kind: wanted === 'reply' ? 'public_reply' : 'internal_note',
      contact: wanted === 'contact' ? (draft.contact ?? 'phone') : null,
    });
    setOpen(true);
    requestAnimationFrame(() => field.current?.focus());
  };
  useShortcut('reply', () => write('reply'), canReply);
  useShortcut('note', () => write('note'));
  useShortcut('contact', () => write('contact'));

  const submit = (then: 'stay' | 'resolve'): void => {
    if (uploads.isBusy) say(t('composer.waitForFiles'));
    if (isBlocked || (then === 'resolve' && !isResolvable())) return;
    const said = draft.text;
    send(then);
    if (then === 'resolve' && openParts > 0) {
      setQuestion({ count: openParts, text: said, resolve: null });
    }
    setOpen(false);
  };
  const submitLater = (at: Date, then: 'stay' | 'resolve'): void => {
    setChoosingTime(false);
    setOpen(false);
    void sendLater(at, then);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (mentions.onKey(event) || answers.onKey(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (event.shiftKey && !isNote) setChoosingTime(!isBlocked);
      else submit('stay');
    } else if (event.key === 'Escape') {
      event.preventDefault();
      field.current?.blur();
      setOpen(false);
    }
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    uploads.add(event.dataTransfer.files);
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files);
  };
  const mentions = useMentions({
    isOn: isNote,
    department: ticket.department_id,
    text: draft.text,
    field,
    onText: (text) => keep({ ...draft, kind, text }),
  });
  const answers = useAnswers({ number: ticket.number, text: draft.text, field });
  const canResolve = !isNote && ticket.allowed_causes.includes('resolved');
  return (
    <section
      className={classes.composer}
      data-note={isNote || undefined}
      data-open={isOpen || !isEmpty || undefined}
      aria-label={t(LABELS[chosen])}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <NewMeanwhile key={ticket.number} opened={opened} isWriting={!isEmpty} />
      <div className={classes.top}>
        <KindSwitch kind={chosen} canReply={canReply} onChoose={write} />
        <Recipients ticket={ticket} isNote={isNote} />
      </div>
      {contact && (
        <ContactChoice
          chosen={contact}
          onChoose={(wanted) => keep({ ...draft, kind, contact: wanted })}
        />
      )}
      <div className={classes.grows}>
        {mentions.list || answers.list}
        <Textarea
          ref={field}
          variant="unstyled"
          autosize
          minRows={3}
          maxRows={14}
          classNames={{ input: classes.input }}
          aria-label={t(LABELS[chosen])}
          placeholder={t(PLACEHOLDERS[chosen])}
          value={draft.text}
          onChange={(event) => keep({ ...draft, kind, text: event.currentTarget.value })}
          onFocus={() => setOpen(true)}
          onSelect={() => {
            mentions.look();
            answers.look();
          }}
          {...mentions.props}
          {...answers.props}
          onKeyDown={onKey}
          onPaste={onPaste}
        />
        {isNote && <NoteExtras draft={draft} onChange={(more) => keep({ ...draft, ...more })} />}
        <FileChips
          files={draft.files}
          running={uploads.running}
          onDrop={uploads.drop}
          onRemove={(upload) =>
            keep({ ...draft, files: draft.files.filter((file) => file.upload !== upload) })
          }
        />
        <div className={classes.bottom}>
          <FileButton multiple onChange={(files) => uploads.add(files)}>
            {(props) => (
              <Tooltip label={t('composer.attachHint')}>
                <ActionIcon
                  {...props}
                  variant="subtle"
                  color="gray"
                  aria-label={t('composer.attach')}
                >
                  <IconPaperclip size={18} aria-hidden />
                </ActionIcon>
              </Tooltip>
            )}
          </FileButton>
          <span className={classes.hint}>{isEmpty ? null : t('composer.draftKept')}</span>
          <SendButtons
            isNote={isNote}
            isBlocked={isBlocked}
            isSending={isSending}
            canResolve={canResolve}
            onSend={submit}
            onLater={submitLater}
            onChooseTime={() => setChoosingTime(true)}
          />
        </div>
      </div>
      <SendLaterDialog
        opened={isChoosingTime}
        canResolve={canResolve}
        onClose={() => setChoosingTime(false)}
        onChoose={submitLater}
      />
      <PartsDialog number={ticket.number} question={question} onClose={() => setQuestion(null)} />
    </section>
  );
});
