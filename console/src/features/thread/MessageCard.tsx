import { Tooltip } from '@mantine/core';
import { IconLock, IconShieldOff } from '@tabler/icons-react';
import { memo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Ticket } from '../../api/types';
import type { Translate } from '../../i18n';
import { NoteParts } from '../notes/NoteParts';
import { actorName } from '../people/actor';
import { Initials } from '../people/Initials';
import { SplitButton } from '../relations/SplitButton';
import { Ago } from '../time/Ago';
import { Attachments } from './Attachments';
import { AlsoWritten } from './AlsoWritten';
import { ContactIcon, contactOf } from './ContactIcon';
import { Delivery, DeliveryAdvice } from './Delivery';
import { linkify } from './linkify';
import { MailFrame } from './MailFrame';
import classes from './MessageCard.module.css';

interface Props {
  number: number;
  message: Message;
  /** In place of the time, for a reply that has not left yet. */
  standing?: ReactNode;
  /** The ticket that shows it: people can be added to it, and ticks of a note stand on it. */
  ticket?: Ticket;
}

export const MessageCard = memo(function MessageCard({ number, message, standing, ticket }: Props) {
  const { t } = useTranslation();
  const { author, kind } = message;
  const name = actorName(author, t);
  const isNote = kind === 'internal_note';
  const contact = isNote ? contactOf(message.channel) : null;
  return (
    <article
      className={classes.card}
      data-kind={kind}
      data-pending={standing ? true : undefined}
      aria-label={t(`thread.kind.${contact ? 'contact' : kind}`, { name })}
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
        <span className={classes.name}>{name}</span>
        {isNote ? (
          <span className={classes.noteMark}>
            {contact && (
              <>
                <ContactIcon contact={contact} />
                {t(`thread.contact.${contact}`)} ·{' '}
              </>
            )}
            <IconLock size={13} stroke={2.2} aria-hidden />
            {t('thread.internalNote')}
          </span>
        ) : (
          <span className={classes.how}>{howSaid(message, t)}</span>
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
              {ticket && <SplitButton ticket={ticket} message={message} />}
            </>
          )}
        </span>
      </header>
      {kind === 'automatic_reply' ? (
        <Folded>
          <Body number={number} message={message} />
        </Folded>
      ) : (
        <Body number={number} message={message} />
      )}
      {isNote && ticket && <NoteParts note={message} ticket={ticket} />}
      {message.delivery && <DeliveryAdvice state={message.delivery} />}
      {ticket && <AlsoWritten ticket={ticket} addresses={message.copied ?? []} />}
    </article>
  );
});

const Body = memo(function Body({ number, message }: { number: number; message: Message }) {
  return (
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
  );
});

/** What a machine wrote is there for whoever wants to look. */
function Folded({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t(isOpen ? 'thread.hideAutomatic' : 'thread.showAutomatic')}
      </button>
      {isOpen && children}
    </>
  );
}

function howSaid({ kind, channel }: Message, t: Translate): string {
  if (kind === 'public_reply') return t('thread.replied');
  if (kind === 'automatic_reply') return t('thread.automatic');
  return t(`channel.by.${channel}`);
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
