import { ActionIcon, Button, FileButton, Menu, Textarea, Tooltip } from '@mantine/core';
import { IconChevronDown, IconLock, IconPaperclip, IconSend } from '@tabler/icons-react';
import { useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedTicket } from '../../api/types';
import { say } from '../../app/say';
import { useShortcut } from '../keyboard/shortcuts';
import { useMe } from '../people/useNames';
import classes from './Composer.module.css';
import { draftOf, keepDraft, useDraft } from './drafts';
import { FileChips } from './FileChips';
import { KindSwitch } from './KindSwitch';
import { NewMeanwhile } from './NewMeanwhile';
import { Recipients } from './Recipients';
import { useSending } from './useSending';
import { useUploads } from './useUploads';

/** Where an agent writes: a public reply or an internal note, never to be mistaken. */
export function Composer({ opened }: { opened: OpenedTicket }) {
  const { t } = useTranslation();
  const { ticket } = opened;
  const me = useMe();
  const [draft, keep] = useDraft(me.id, ticket.number);
  const canReply = ticket.allowed_causes.includes('agent_replied') && me.role !== 'collaborator';
  const isNote = draft.kind === 'internal_note' || !canReply;
  const kind = isNote ? 'internal_note' : 'public_reply';
  const [isOpen, setOpen] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads(draft.files.length, (file) => {
    // Read anew: the text may have grown while the file was on its way.
    const now = draftOf(me.id, ticket.number);
    keepDraft(me.id, ticket.number, { ...now, files: [...now.files, file] });
  });
  const { send, isSending } = useSending(opened, kind);
  const isEmpty = !draft.text.trim();
  const isBlocked = isEmpty || uploads.isBusy || isSending;

  const write = (wanted: typeof kind): void => {
    keep({ ...draft, kind: wanted });
    setOpen(true);
    requestAnimationFrame(() => field.current?.focus());
  };
  useShortcut('reply', () => write('public_reply'), canReply);
  useShortcut('note', () => write('internal_note'));

  const submit = (then: 'stay' | 'resolve'): void => {
    if (uploads.isBusy) say(t('composer.waitForFiles'));
    if (isBlocked) return;
    send(then);
    setOpen(false);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit('stay');
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
  const canResolve = !isNote && ticket.allowed_causes.includes('resolved');
  return (
    <section
      className={classes.composer}
      data-note={isNote || undefined}
      data-open={isOpen || !isEmpty || undefined}
      aria-label={t(isNote ? 'composer.noteLabel' : 'composer.replyLabel')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <NewMeanwhile key={ticket.number} opened={opened} isWriting={!isEmpty} />
      <div className={classes.top}>
        <KindSwitch isNote={isNote} canReply={canReply} onChoose={write} />
        <Recipients ticket={ticket} isNote={isNote} />
      </div>
      <div className={classes.grows}>
        <Textarea
          ref={field}
          variant="unstyled"
          autosize
          minRows={3}
          maxRows={14}
          classNames={{ input: classes.input }}
          aria-label={t(isNote ? 'composer.noteLabel' : 'composer.replyLabel')}
          placeholder={t(isNote ? 'composer.notePlaceholder' : 'composer.replyPlaceholder')}
          value={draft.text}
          onChange={(event) => keep({ ...draft, kind, text: event.currentTarget.value })}
          onFocus={() => setOpen(true)}
          onKeyDown={onKey}
          onPaste={onPaste}
        />
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
          <Button.Group>
            <Button
              className={isNote ? classes.noteButton : undefined}
              leftSection={
                isNote ? <IconLock size={15} aria-hidden /> : <IconSend size={15} aria-hidden />
              }
              disabled={isBlocked}
              loading={isSending}
              onClick={() => submit('stay')}
            >
              {t(isNote ? 'composer.addNote' : 'composer.sendReply')}
            </Button>
            {canResolve && (
              <Menu position="top-end" withinPortal>
                <Menu.Target>
                  <Button
                    px={8}
                    className={classes.moreWays}
                    disabled={isBlocked}
                    aria-label={t('composer.moreWays')}
                  >
                    <IconChevronDown size={16} aria-hidden />
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => submit('resolve')}>
                    {t('composer.sendAndResolve')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </Button.Group>
        </div>
      </div>
    </section>
  );
}
