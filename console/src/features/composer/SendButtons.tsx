import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconClockShare, IconLock, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { shortMoment } from '../time/format';
import { soonTimes } from '../time/presets';
import { useNow } from '../time/useNow';
import classes from './Composer.module.css';

interface Props {
  isNote: boolean;
  isBlocked: boolean;
  isSending: boolean;
  canResolve: boolean;
  onSend: (then: 'stay' | 'resolve') => void;
  onLater: (at: Date, then: 'stay' | 'resolve') => void;
  onChooseTime: () => void;
}

export function SendButtons({ isNote, isBlocked, isSending, onSend, ...ways }: Props) {
  const { t } = useTranslation();
  const Icon = isNote ? IconLock : IconSend;
  return (
    <Button.Group>
      <Button
        className={isNote ? classes.noteButton : undefined}
        leftSection={<Icon size={15} aria-hidden />}
        disabled={isBlocked}
        loading={isSending}
        onClick={() => onSend('stay')}
      >
        {t(isNote ? 'composer.addNote' : 'composer.sendReply')}
      </Button>
      {!isNote && <MoreWays isBlocked={isBlocked} onSend={onSend} {...ways} />}
    </Button.Group>
  );
}

function MoreWays({
  isBlocked,
  canResolve,
  onSend,
  onLater,
  onChooseTime,
}: Omit<Props, 'isNote' | 'isSending'>) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  return (
    <Menu position="top-end" withinPortal width={264}>
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
        {canResolve && (
          <Menu.Item onClick={() => onSend('resolve')}>{t('composer.sendAndResolve')}</Menu.Item>
        )}
        <Menu.Label>{t('later.title')}</Menu.Label>
        {soonTimes(new Date(now)).map(({ id, at }) => (
          <Menu.Item
            key={id}
            leftSection={<IconClockShare size={16} aria-hidden />}
            rightSection={
              <span className={classes.when}>{shortMoment(at, i18n.language, now)}</span>
            }
            onClick={() => onLater(at, 'stay')}
          >
            {t(`times.presets.${id}`)}
          </Menu.Item>
        ))}
        <Menu.Item onClick={onChooseTime}>{t('later.other')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
