import { Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconChevronDown,
  IconCircleCheck,
  IconCircleOff,
  IconClockPause,
  IconSquareCheck,
  IconStairsUp,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Status, Ticket, TicketChange } from '../../api/types';
import type { StatusLabel } from '../../api/vocabulary';
import { Keys } from '../keyboard/Keys';
import { useNames } from '../people/useNames';
import { useWords } from '../words/useWords';
import { StatusMark } from './status';
import type { TicketActions } from './useTicketActions';

/** What an agent can make of a ticket: the server names the causes that are open to this person. */
const STEPS = [
  { cause: 'resolved', status: 'resolved', icon: IconCircleCheck, later: true },
  { cause: 'reopened', status: 'open', icon: IconArrowBackUp, later: false },
  { cause: 'restored', status: 'restored', icon: IconArrowBackUp, later: false },
  { cause: 'closed', status: 'closed', icon: IconSquareCheck, later: true },
  { cause: 'marked_spam', status: 'spam', icon: IconCircleOff, later: true },
  { cause: 'deleted', status: 'deleted', icon: IconTrash, later: true },
] as const satisfies readonly {
  cause: string;
  status: NonNullable<TicketChange['status']>;
  icon: typeof IconTrash;
  later: boolean;
}[];

/** By which step a ticket comes to the status of a label. */
const CAUSE_OF: Partial<Record<Status, string>> = {
  postponed: 'postponed',
  ...Object.fromEntries(STEPS.map(({ status, cause }) => [status, cause])),
};

interface Props {
  ticket: Ticket;
  /** The status with what is chosen and not made yet. */
  status: Status;
  actions: TicketActions;
  /** Resolves it with a label or without, unless something must be filled in first. */
  onResolve: (change?: TicketChange) => void;
  onPostpone: (label?: string) => void;
  onEscalate: () => void;
}

export function StatusMenu({ ticket, status, actions, onResolve, onPostpone, onEscalate }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const may = (cause: string): boolean => ticket.allowed_causes.includes(cause);
  const label = status === ticket.status ? ticket.label_id : '';
  const labels = (words.vocabulary?.labels ?? []).filter(
    (one) =>
      !one.is_name_of_status &&
      one.id !== ticket.label_id &&
      (one.status === ticket.status || may(CAUSE_OF[one.status] ?? '')),
  );
  const take = (change: TicketChange, later: boolean): void => {
    if (change.status === 'resolved') onResolve(change);
    else if (later) actions.changeLater(change);
    else actions.change(change);
  };
  const choose = ({ id, status: wanted }: StatusLabel): void => {
    const step = STEPS.find((one) => one.status === wanted);
    if (wanted === ticket.status || !step) {
      if (wanted === 'postponed' && wanted !== ticket.status) onPostpone(id);
      else actions.change({ label_id: id });
    } else take({ status: step.status, label_id: id }, step.later);
  };
  const steps = STEPS.filter((step) => may(step.cause));
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          px="sm"
          aria-label={t('ticket.statusIs', { name: words.status(status, label) })}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          <StatusMark status={status} label={label} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {may('postponed') && (
          <Menu.Item
            leftSection={<IconClockPause size={16} aria-hidden />}
            rightSection={<Keys of="postpone" />}
            onClick={() => onPostpone()}
          >
            {t(ticket.status === 'postponed' ? 'ticket.do.postponeAgain' : 'ticket.do.postpone')}
          </Menu.Item>
        )}
        {steps.map(({ cause, status: wanted, icon: Icon, later }) => (
          <Menu.Item
            key={cause}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={cause === 'resolved' ? <Keys of="resolve" /> : undefined}
            onClick={() => take({ status: wanted }, later)}
          >
            {t(`ticket.do.${cause}`)}
          </Menu.Item>
        ))}
        {ticket.escalates_to && (
          <Menu.Item
            leftSection={<IconStairsUp size={16} aria-hidden />}
            rightSection={<Keys of="escalate" />}
            onClick={onEscalate}
          >
            {t('escalate.title', { name: names.department(ticket.escalates_to) })}
          </Menu.Item>
        )}
        {labels.length > 0 && <Menu.Divider />}
        {labels.map((one) => (
          <Menu.Item key={one.id} onClick={() => choose(one)}>
            <StatusMark status={one.status} label={one.id} />
          </Menu.Item>
        ))}
        {label && (
          <Menu.Item onClick={() => actions.change({ label_id: '' })}>
            {t('ticket.do.noLabel')}
          </Menu.Item>
        )}
        {!steps.length && !may('postponed') && <Menu.Label>{t('ticket.do.nothing')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
