import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconArrowLeft,
  IconCircleCheck,
  IconLayoutSidebarRight,
  IconUserPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRIORITIES, type Status, type Ticket, type TicketChange } from '../../api/types';
import { useResolvable } from '../fields/useResolvable';
import { useShortcut } from '../keyboard/shortcuts';
import { Initials } from '../people/Initials';
import { PassOn } from '../lists/PassOn';
import { useMe, useNames } from '../people/useNames';
import { useOpenParts } from '../relations/links';
import { PartsDialog, type PartsQuestion } from '../relations/PartsDialog';
import { SlaBadge } from '../sla/SlaBadge';
import { Choice } from './Choice';
import { EscalateDialog } from './EscalateDialog';
import { PriorityIcon } from './PriorityMark';
import { StatusMenu } from './StatusMenu';
import { Subject } from './Subject';
import { Tags } from './Tags';
import classes from './TicketHeader.module.css';
import type { TicketActions } from './useTicketActions';

interface Props {
  ticket: Ticket;
  status: Status;
  actions: TicketActions;
  onBack: () => void;
  onDetails: () => void;
  onPostpone: (label?: string) => void;
}

export function TicketHeader({ ticket, status, actions, onBack, onDetails, onPostpone }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const canChange = me.role !== 'collaborator';
  const canResolve = ticket.allowed_causes.includes('resolved') && status !== 'resolved';
  const isResolvable = useResolvable(ticket);
  const openParts = useOpenParts(ticket);
  const [question, setQuestion] = useState<PartsQuestion | null>(null);
  const [isEscalating, setEscalating] = useState(false);
  const resolve = (change: TicketChange = { status: 'resolved' }): void => {
    if (!isResolvable()) return;
    const go = (): void => actions.changeLater(change);
    if (openParts > 0) setQuestion({ count: openParts, text: '', resolve: go });
    else go();
  };
  useShortcut('escalate', () => setEscalating(true), ticket.escalates_to !== '');
  const takeIt = (): void => actions.change({ assignee_id: me.id });
  const isMine = ticket.assignee_id === me.id;
  useShortcut('resolve', () => resolve(), canResolve);
  useShortcut('takeIt', takeIt, canChange && !isMine);
  return (
    <header className={classes.header}>
      <div className={classes.top}>
        <ActionIcon
          className={classes.back}
          variant="subtle"
          color="gray"
          aria-label={t('ticket.back')}
          onClick={onBack}
        >
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <Subject
          key={ticket.number}
          number={ticket.number}
          subject={ticket.subject}
          canChange={canChange}
          onChange={(subject) => actions.change({ subject })}
        />
        <div className={classes.actions}>
          {canResolve && (
            <Tooltip label={t('ticket.resolveHint')}>
              <Button
                className={classes.resolve}
                variant="default"
                size="sm"
                px="sm"
                leftSection={<IconCircleCheck size={16} aria-hidden />}
                onClick={() => resolve()}
              >
                {t('ticket.do.resolved')}
              </Button>
            </Tooltip>
          )}
          <StatusMenu
            ticket={ticket}
            status={status}
            actions={actions}
            onResolve={resolve}
            onPostpone={onPostpone}
            onEscalate={() => setEscalating(true)}
          />
          <Tooltip label={t('ticket.details')}>
            <ActionIcon
              className={classes.details}
              variant="subtle"
              color="gray"
              aria-label={t('ticket.details')}
              onClick={onDetails}
            >
              <IconLayoutSidebarRight size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
      <div className={classes.facts}>
        <SlaBadge badge={ticket.badge} size="long" />
        <TicketChoices ticket={ticket} actions={actions} canChange={canChange} />
        {canChange && !ticket.assignee_id && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconUserPlus size={14} aria-hidden />}
            onClick={takeIt}
          >
            {t('ticket.takeIt')}
          </Button>
        )}
        <PassOn ticket={ticket} />
        <Tags
          key={ticket.number}
          tags={ticket.tags}
          canChange={canChange}
          onChange={(tags) => actions.change({ tags })}
        />
      </div>
      <PartsDialog number={ticket.number} question={question} onClose={() => setQuestion(null)} />
      <EscalateDialog
        ticket={ticket}
        opened={isEscalating && ticket.escalates_to !== ''}
        onClose={() => setEscalating(false)}
      />
    </header>
  );
}

function TicketChoices({
  ticket,
  actions,
  canChange,
}: Pick<Props, 'ticket' | 'actions'> & { canChange: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const names = useNames();
  const owner = ticket.assignee_id;
  const agents = agentsFor(me.colleagues, ticket.department_id, me);
  return (
    <>
      <Choice
        name={t('ticket.department')}
        value={ticket.department_id}
        shown={names.department(ticket.department_id)}
        options={me.all_departments.map(({ id, name }) => ({ value: id, label: name }))}
        disabled={!canChange}
        onChoose={(department_id) => actions.change({ department_id })}
      />
      <Choice
        name={t('ticket.assignee')}
        value={owner}
        shown={
          owner ? (
            <>
              <Initials name={names.agent(owner)} of="agent" size={18} isBesideName />
              {names.agent(owner)}
            </>
          ) : (
            t('ticket.nobody')
          )
        }
        options={[{ value: '', label: t('ticket.nobody') }, ...agents]}
        disabled={!canChange}
        onChoose={(assignee_id) => actions.change({ assignee_id })}
      />
      <Choice
        name={t('ticket.priority')}
        value={ticket.priority}
        shown={
          <>
            <PriorityIcon priority={ticket.priority} />
            {t(`priority.${ticket.priority}`)}
          </>
        }
        options={PRIORITIES.toReversed().map((priority) => ({
          value: priority,
          label: t(`priority.${priority}`),
          mark: <PriorityIcon priority={priority} />,
        }))}
        disabled={!canChange}
        onChoose={(value) => {
          const priority = PRIORITIES.find((one) => one === value);
          if (priority) actions.change({ priority });
        }}
      />
    </>
  );
}

/** Who could own it: the members of its department, oneself first. */
function agentsFor(
  colleagues: { id: string; name: string; departments: string[]; role: string }[],
  department: string,
  me: { id: string; name: string },
) {
  const members = colleagues.filter(
    (one) =>
      one.id !== me.id && one.role !== 'collaborator' && one.departments.includes(department),
  );
  return [me, ...members].map(({ id, name }) => ({
    value: id,
    label: name,
    mark: <Initials name={name} of="agent" size={18} isBesideName />,
  }));
}
