import { IconAlertCircle, IconCheck, IconChecks, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeliveryState } from '../../api/types';
import classes from './Delivery.module.css';

const ICONS: Record<DeliveryState, typeof IconCheck> = {
  queued: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  bounced: IconAlertCircle,
  complained: IconAlertCircle,
  failed: IconAlertCircle,
};

/** How far a mail to the customer has come. */
export function Delivery({ state }: { state: DeliveryState }) {
  const { t } = useTranslation();
  const Icon = ICONS[state];
  const isTrouble = Icon === IconAlertCircle;
  return (
    <span className={classes.delivery} data-trouble={isTrouble || undefined}>
      <Icon size={14} aria-hidden />
      {t(`delivery.${state}`)}
    </span>
  );
}
