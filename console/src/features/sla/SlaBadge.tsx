import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconFlame,
  IconMinus,
  IconPlayerPause,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Badge, BadgeState } from '../../api/types';
import { exact } from '../time/format';
import { useNow } from '../time/useNow';
import classes from './SlaBadge.module.css';
import { standing } from './standing';

const ICONS: Record<BadgeState, typeof IconClock> = {
  on_track: IconClock,
  at_risk: IconAlertTriangle,
  breached: IconFlame,
  paused: IconPlayerPause,
  met: IconCheck,
  none: IconMinus,
};

interface Props {
  badge: Badge;
  /** `short` for rows, `long` where there is room for words. */
  size: 'short' | 'long';
}

export function SlaBadge({ badge, size }: Props) {
  const { t, i18n } = useTranslation();
  const found = standing(badge, useNow(), t);
  const Icon = ICONS[found.state];
  const hint = badge.due_at ? t('sla.due', { at: exact(badge.due_at, i18n.language) }) : found.long;
  if (found.state === 'none' && size === 'short') {
    return <span className="visually-hidden">{found.long}</span>;
  }
  return (
    <span className={classes.badge} data-state={found.state} title={hint}>
      <Icon size={13} stroke={2} aria-hidden />
      {size === 'short' ? (
        <>
          <span aria-hidden>{found.short}</span>
          <span className="visually-hidden">{found.long}</span>
        </>
      ) : (
        found.long
      )}
    </span>
  );
}
