import {
  IconAlertCircle,
  IconBan,
  IconCheck,
  IconChecks,
  IconClock,
  IconFlag,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeliveryState } from '../../api/types';
import classes from './Delivery.module.css';

const ICONS: Record<DeliveryState, typeof IconCheck> = {
  queued: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  bounced: IconAlertCircle,
  complained: IconFlag,
  failed: IconAlertCircle,
  suppressed: IconBan,
};
const TROUBLE = ['bounced', 'complained', 'failed', 'suppressed'] as const;
type Trouble = (typeof TROUBLE)[number];

function troubleOf(state: DeliveryState): Trouble | undefined {
  return TROUBLE.find((one) => one === state);
}

/** How far a mail to the customer has come. */
export function Delivery({ state }: { state: DeliveryState }) {
  const { t } = useTranslation();
  const Icon = ICONS[state];
  return (
    <span className={classes.delivery} data-trouble={troubleOf(state) ? true : undefined}>
      <Icon size={14} aria-hidden />
      {t(`delivery.${state}`)}
    </span>
  );
}

/** What an agent can do about a mail that did not reach its reader. */
export function DeliveryAdvice({ state }: { state: DeliveryState }) {
  const { t } = useTranslation();
  const trouble = troubleOf(state);
  if (!trouble) return null;
  return <p className={classes.advice}>{t(`delivery.advice.${trouble}`)}</p>;
}
