import { Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconChevronDown,
  IconCircleCheck,
  IconCircleOff,
  IconClockPause,
  IconSquareCheck,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Status, Ticket, TicketChange } from '../../api/types';
import { Keys } from '../keyboard/Keys';
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

interface Props {
  ticket: Ticket;
  /** The status with what is chosen and not made yet. */
  status: Status;
  actions: TicketActions;
  onPostpone: () => void;
}

export function StatusMenu({ ticket, status, actions, onPostpone }: Props) {
  const { t } = useTranslation();
  const may = (cause: string): boolean => ticket.allowed_causes.includes(cause);
  const steps = STEPS.filter((step) => may(step.cause));
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          px="sm"
          aria-label={t('ticket.statusIs', { name: t(`status.${status}`) })}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          <StatusMark status={status} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {may('postponed') && (
          <Menu.Item
            leftSection={<IconClockPause size={16} aria-hidden />}
            rightSection={<Keys of="postpone" />}
            onClick={onPostpone}
          >
            {t(ticket.status === 'postponed' ? 'ticket.do.postponeAgain' : 'ticket.do.postpone')}
          </Menu.Item>
        )}
        {steps.map(({ cause, status: wanted, icon: Icon, later }) => (
          <Menu.Item
            key={cause}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={cause === 'resolved' ? <Keys of="resolve" /> : undefined}
            onClick={() => (later ? actions.changeLater : actions.change)({ status: wanted })}
          >
            {t(`ticket.do.${cause}`)}
          </Menu.Item>
        ))}
        {!steps.length && !may('postponed') && <Menu.Label>{t('ticket.do.nothing')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
