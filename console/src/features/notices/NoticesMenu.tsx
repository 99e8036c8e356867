import { ActionIcon, Button, Indicator, Popover } from '@mantine/core';
import {
  IconAlarm,
  IconAlertTriangle,
  IconAt,
  IconBell,
  IconClockExclamation,
  IconClockPause,
  IconFlame,
  IconLock,
  IconLockOpen,
  IconMailX,
  IconMessage,
  IconMoodSad,
  IconUserCheck,
  IconUserPlus,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys, noticesQuery } from '../../api/queries';
import type { Notice, NoticeKind, NoticePage } from '../../api/types';
import { useHere } from '../../app/here';
import { sayProblem } from '../../app/say';
import { Ago } from '../time/Ago';
import classes from './NoticesMenu.module.css';

const ICONS: Record<NoticeKind, typeof IconBell> = {
  assigned: IconUserCheck,
  at_risk: IconAlertTriangle,
  breached: IconFlame,
  time_rule: IconClockExclamation,
  not_delivered: IconMailX,
  answer_kept: IconLock,
  scheduled_held: IconClockPause,
  customer_wrote: IconMessage,
  mentioned: IconAt,
  reminder: IconAlarm,
  member_added: IconUserPlus,
  made_public: IconLockOpen,
  rated_badly: IconMoodSad,
};

export function NoticesMenu() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(noticesQuery(useDesk()));
  const notices = data?.notices ?? [];
  const unread = notices.filter((notice) => !notice.read).length;
  const markRead = useMarkRead();
  const label = unread ? t('notices.label', { count: unread }) : t('notices.title');
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="right-end"
      width={340}
      trapFocus
      returnFocus
    >
      <Indicator disabled={!unread} label={unread} size={15} offset={5} color="accent">
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            title={label}
            aria-label={label}
            onClick={() => setOpen(!isOpen)}
          >
            <IconBell size={18} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0}>
        <div className={classes.header}>
          <h2 className={classes.title}>{t('notices.title')}</h2>
          {unread > 0 && (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => notices[0] && markRead(notices[0].id)}
            >
              {t('notices.markRead')}
            </Button>
          )}
        </div>
        {notices.length ? (
          <ul className={classes.list}>
            {notices.map((notice) => (
              <Line key={notice.id} notice={notice} onOpen={() => setOpen(false)} />
            ))}
          </ul>
        ) : (
          <p className={classes.none}>{t('notices.none')}</p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Line({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const { beside } = useHere();
  const { t } = useTranslation();
  const Icon = ICONS[notice.kind];
  const said = (
    <>
      <Icon size={16} aria-hidden className={classes.icon} data-kind={notice.kind} />
      <span className={classes.what}>
        <span>{t(`notices.kinds.${notice.kind}`)}</span>
        <span className={classes.subject}>
          {notice.number > 0 && <span className="mono">#{notice.number} </span>}
          {notice.subject}
        </span>
      </span>
      <span className={classes.when}>
        <Ago at={notice.at} />
      </span>
    </>
  );
  if (!notice.number) {
    return (
      <li className={classes.notice} data-unread={!notice.read || undefined}>
        {said}
      </li>
    );
  }
  return (
    <li>
      <Link
        to="/tickets/$number"
        params={{ number: notice.number }}
        search={beside}
        className={classes.notice}
        data-unread={!notice.read || undefined}
        onClick={onOpen}
      >
        {said}
      </Link>
    </li>
  );
}

function useMarkRead(): (upTo: string) => void {
  const desk = useDesk();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const { mutate } = useMutation({
    mutationFn: (upTo: string) => desk.readNotices(upTo),
    onMutate: () => {
      const before = queries.getQueryData<NoticePage>(keys.notices);
      queries.setQueryData<NoticePage>(keys.notices, (page) => page && allRead(page));
      return { before };
    },
    onError: (error, _upTo, context) => {
      queries.setQueryData(keys.notices, context?.before);
      sayProblem(error, t);
    },
  });
  return mutate;
}

function allRead(page: NoticePage): NoticePage {
  return { ...page, notices: page.notices.map((notice) => ({ ...notice, read: true })) };
}
