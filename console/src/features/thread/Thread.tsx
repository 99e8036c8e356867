import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import type { Message, OpenedTicket } from '../../api/types';
import { useOutboxState } from '../outbox/context';
import type { Outgoing } from '../outbox/outgoing';
import { useMe } from '../people/useNames';
import { EventLine } from './EventLine';
import { group, type Piece } from './group';
import { MessageCard } from './MessageCard';
import { ScheduledCard } from './ScheduledCard';
import classes from './Thread.module.css';

interface Props {
  opened: OpenedTicket;
  /** When this agent last saw the ticket on this device; opens at the first message after it. */
  seenUntil: string;
}

export const Thread = memo(function Thread({ opened, seenUntil }: Props) {
  const { t } = useTranslation();
  const { number } = opened.ticket;
  const older = useOlderEntries(number, opened.older ?? null);
  const entries = useMemo(() => {
    const before = (older.data?.pages ?? []).toReversed().flatMap((page) => page.entries);
    const known = new Set(opened.entries.map((entry) => entry.id));
    return [...before.filter((entry) => !known.has(entry.id)), ...opened.entries];
  }, [older.data, opened.entries]);
  const pieces = useMemo(() => group(entries), [entries]);
  const pending = useOutboxState().waiting.filter((one) => one.number === number && one.reply);
  const shownAsPending = new Set(pending.map((one) => one.scheduled));
  const scheduled = opened.scheduled.filter((one) => !shownAsPending.has(one.id));
  const firstUnread = useMemo(() => firstUnreadOf(pieces, seenUntil), [pieces, seenUntil]);
  const list = useOpenedAt(firstUnread);

  return (
    <div className={classes.scroll} ref={list} tabIndex={-1} data-thread>
      <div className={classes.column}>
        {(older.hasNextPage || opened.older) && !older.isFetchedAll && (
          <Button
            variant="default"
            size="compact-sm"
            className={classes.older}
            loading={older.isFetching}
            onClick={older.more}
          >
            {t('thread.older')}
          </Button>
        )}
        {pieces.map((piece) => (
          <div key={piece.id} data-piece={piece.id}>
            {piece.type === 'events' ? (
              <EventLine events={piece.events} />
            ) : (
              <MessageCard number={number} message={piece.message} ticket={opened.ticket} />
            )}
          </div>
        ))}
        {scheduled.map((reply) => (
          <ScheduledCard key={reply.id} opened={opened} reply={reply} />
        ))}
        {pending.map((outgoing) => (
          <PendingReply key={outgoing.id} outgoing={outgoing} />
        ))}
      </div>
    </div>
  );
});

/** On a ticket that was never read here, the first message that no reply has followed. */
function firstUnreadOf(pieces: Piece[], seenUntil: string): string | undefined {
  const isMessage = (piece: Piece) => piece.type === 'message';
  if (seenUntil) {
    return pieces.find((piece) => isMessage(piece) && piece.message.created_at > seenUntil)?.id;
  }
  const answered = pieces.findLastIndex(
    (piece) => isMessage(piece) && piece.message.kind === 'public_reply',
  );
  return pieces.slice(answered + 1).find(isMessage)?.id;
}

function useOlderEntries(number: number, before: string | null) {
  const desk = useDesk();
  const query = useInfiniteQuery({
    queryKey: [...keys.older(number), before],
    queryFn: ({ pageParam }) => desk.olderEntries(number, pageParam),
    initialPageParam: before ?? '',
    getNextPageParam: (page) => page.older ?? null,
    enabled: false,
    staleTime: Infinity,
  });
  const hasFetched = query.data !== undefined;
  return {
    ...query,
    isFetchedAll: before === null || (hasFetched && !query.hasNextPage),
    more: () => void (hasFetched ? query.fetchNextPage() : query.refetch()),
  };
}

/** Opens the thread at the first unread message, or at its end, and follows what is added. */
function useOpenedAt(firstUnread: string | undefined) {
  const ref = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const start = useRef(firstUnread);
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const unread = start.current ? box.querySelector(`[data-piece="${start.current}"]`) : null;
    const last = box.querySelector('[data-piece]:last-of-type');
    // Not scrollIntoView: that would also scroll the page around the thread.
    if (unread && unread !== last) {
      box.scrollTop += unread.getBoundingClientRect().top - box.getBoundingClientRect().top - 12;
    } else {
      box.scrollTop = box.scrollHeight;
    }
  }, []);
  useEffect(() => {
    const box = ref.current;
    const column = box?.firstElementChild;
    if (!box || !column) return undefined;
    const note = (): void => {
      isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
    };
    // Frames of mails get their height late; whoever was at the end stays there.
    const watcher = new ResizeObserver(() => {
      if (isAtEnd.current) box.scrollTop = box.scrollHeight;
    });
    note();
    box.addEventListener('scroll', note, { passive: true });
    watcher.observe(column);
    return () => {
      box.removeEventListener('scroll', note);
      watcher.disconnect();
    };
  }, []);
  return ref;
}

/** The reply as the customer will get it, while it can still be taken back. */
function PendingReply({ outgoing }: { outgoing: Outgoing }) {
  const { t } = useTranslation();
  const me = useMe();
  const draft = outgoing.reply?.draft;
  if (!draft) return null;
  const message: Message = {
    type: 'message',
    id: outgoing.id,
    kind: draft.kind,
    author: { kind: 'agent', id: me.id, name: me.name },
    channel: 'console',
    text: draft.text,
    html: '',
    full_text: '',
    attachments: [],
    created_at: new Date(outgoing.goesAt).toISOString(),
    verified: true,
    delivery: null,
    items: [],
    mentions: [],
    merged_from: 0,
  };
  const standing = t(outgoing.state === 'going' ? 'outbox.going' : 'thread.notSentYet');
  return <MessageCard number={outgoing.number} message={message} standing={standing} />;
}
