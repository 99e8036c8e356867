import { IconAlertSquare, IconArrowDown, IconArrowUp, IconEqual } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Priority } from '../../api/types';

const ICONS: Record<Priority, typeof IconEqual> = {
  low: IconArrowDown,
  normal: IconEqual,
  high: IconArrowUp,
  urgent: IconAlertSquare,
};

export function PriorityIcon({ priority, size = 15 }: { priority: Priority; size?: number }) {
  const Icon = ICONS[priority];
  return <Icon size={size} stroke={2} aria-hidden />;
}

/** In a list only what stands out is marked: normal and low say nothing. */
export function PriorityFlag({ priority }: { priority: Priority }) {
  const { t } = useTranslation();
  if (priority === 'normal' || priority === 'low') return null;
  const label = t('ticket.priorityIs', { name: t(`priority.${priority}`) });
  return (
    <span role="img" aria-label={label} title={label} style={{ display: 'inline-flex' }}>
      <PriorityIcon priority={priority} size={14} />
    </span>
  );
}
