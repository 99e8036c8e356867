import { Tooltip } from '@mantine/core';
import { IconLock, IconShieldOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../api/types';
import { Initials } from '../people/Initials';
import { Ago } from '../time/Ago';
import { Attachments } from './Attachments';
import { Delivery } from './Delivery';
import { linkify } from './linkify';
import { MailFrame } from './MailFrame';
import classes from './MessageCard.module.css';

interface Props {
  number: number;
  message: Message;
  /** In place of the time, for a reply that has not left yet. */
  standing?: ReactNode;
}

export function MessageCard({ number, message, standing }: Props) {
  const { t } = useTranslation();
  const { author, kind } = message;
  const isNote = kind === 'internal_note';
  return (
    <article
      className={classes.card}
      data-kind={kind}
      data-pending={standing ? true : undefined}
      aria-label={t(`thread.kind.${kind}`, { name: author.name })}
    >
      <header className={classes.header}>
        {kind !== 'system' && (
          <Initials
            name={author.name}
            of={author.kind === 'agent' ? 'agent' : 'customer'}
            size={26}
            isBesideName
          />
        )}
        <span className={classes.name}>{author.name}</span>
        {isNote ? (
          <span className={classes.noteMark}>
            <IconLock size={13} stroke={2.2} aria-hidden />
            {t('thread.internalNote')}
          </span>
        ) : (
          <span className={classes.how}>
            {kind === 'public_reply' ? t('thread.replied') : t(`channel.by.${message.channel}`)}
          </span>
        )}
        {!message.verified && kind === 'customer_message' && (
          <Tooltip label={t('thread.unverifiedHint')} multiline w={260}>
            <span className={classes.unverified}>
              <IconShieldOff size={13} aria-hidden />
              {t('thread.unverified')}
            </span>
          </Tooltip>
        )}
        <span className={classes.when}>
          {standing ?? (
            <>
              {message.delivery && <Delivery state={message.delivery} />}
              <Ago at={message.created_at} />
            </>
          )}
        </span>
      </header>
      <div className={classes.body}>
        {message.html ? (
          <MailFrame number={number} message={message} />
        ) : (
          <div className={classes.text}>{linkify(message.text)}</div>
        )}
        <Quoted message={message} />
        {message.attachments.length > 0 && (
          <Attachments number={number} message={message.id} files={message.attachments} />
        )}
      </div>
    </article>
  );
}

/** What the mail quoted, folded: everybody has read it above. */
function Quoted({ message }: { message: Message }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const quoted = quotedPart(message);
  if (!quoted) return null;
  const lines = quoted.split('\n').length;
  return (
    <>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? t('thread.hideQuoted') : t('thread.quoted', { count: lines })}
      </button>
      {isOpen && <div className={classes.quoted}>{linkify(quoted)}</div>}
    </>
  );
}

export function quotedPart({ text, full_text }: Pick<Message, 'text' | 'full_text'>): string {
  if (!full_text || full_text === text) return '';
  const rest = full_text.startsWith(text) ? full_text.slice(text.length) : full_text;
  return rest.trim();
}
