import {
  Button,
  Group,
  Modal,
  SegmentedControl,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { ApiProblem } from '../../api/problems';
import { PRIORITIES, type FirstMessage, type NewTicket } from '../../api/types';
import { useHere } from '../../app/here';
import { problemText, say } from '../../app/say';
import { RequesterFields } from '../contact/RequesterFields';
import { useMe } from '../people/useNames';
import { refreshLists } from '../ticket/cache';
import classes from './NewTicketDialog.module.css';
import { TypeFields } from './TypeFields';

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function NewTicketDialog({ opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('newTicket.title')}
      onExitTransitionEnd={useDoor(opened)}
    >
      <NewTicketForm onDone={onClose} />
    </Modal>
  );
}

const AFTER_THE_DIALOG_MS = 50;

/**
 * Gives the focus back to what opened the dialog. The dialog does so itself, but one that is closed
 * within milliseconds takes the focus only after that, and leaves with it.
 */
function useDoor(opened: boolean): () => void {
  const door = useRef<Element | null>(null);
  // Before anything in the dialog can take the focus.
  useLayoutEffect(() => {
    if (opened) door.current = document.activeElement;
  }, [opened]);
  const giveBack = (): void => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost && door.current instanceof HTMLElement) door.current.focus();
  };
  // Without motion the end comes while the dialog still stands, and may still take the focus.
  return () => setTimeout(giveBack, AFTER_THE_DIALOG_MS);
}

type Field = 'subject' | 'text';
const BEGINNINGS: readonly FirstMessage[] = ['customer', 'mail', 'note'];

function NewTicketForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { create, error, isPending } = useCreate(onDone);
  const departments = me.all_departments.filter(
    (one) => me.role === 'administrator' || me.departments.includes(one.id),
  );
  const [ticket, setTicket] = useState<NewTicket>({
    requester_name: '',
    requester_email: '',
    subject: '',
    text: '',
    first_message: 'customer',
    priority: 'normal',
    department_id: departments[0]?.id ?? null,
  });
  const isPhone = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  const first = ticket.first_message ?? 'customer';
  const faults = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.message;
  const field = (name: Field) => ({
    ...(name === 'text' ? {} : { label: t(`newTicket.${name}`) }),
    value: ticket[name],
    required: true,
    error: faultOf(name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setTicket((now) => ({ ...now, [name]: value }));
    },
  });
  const put = (change: Partial<NewTicket>): void => setTicket((now) => ({ ...now, ...change }));
  // Nobody outside asks: the agent himself stands for the requester unless somebody is named.
  const setInternal = (internal: boolean): void =>
    setTicket((now) => ({
      ...now,
      internal,
      first_message: internal ? 'note' : 'customer',
      ...(internal && !now.requester_email
        ? { requester_name: me.name, requester_email: me.email }
        : {}),
    }));
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    create(ticket);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {error && !faults.length && (
        <p className={classes.fault} role="alert">
          {problemText(error, t)}
        </p>
      )}
      <RequesterFields
        person={{ name: ticket.requester_name, email: ticket.requester_email }}
        faults={{ name: faultOf('requester_name'), email: faultOf('requester_email') }}
        onChange={({ name, email }) => put({ requester_name: name, requester_email: email })}
      />
      <TextInput {...field('subject')} maxLength={250} />
      <Switch
        label={t('newTicket.internal')}
        description={t('newTicket.internalHint')}
        checked={ticket.internal ?? false}
        onChange={(event) => setInternal(event.currentTarget.checked)}
      />
      {!ticket.internal && (
        <div>
          <SegmentedControl
            fullWidth
            orientation={isPhone ? 'vertical' : 'horizontal'}
            aria-label={t('newTicket.begins')}
            data={BEGINNINGS.map((value) => ({ value, label: t(`newTicket.beginnings.${value}`) }))}
            value={first}
            onChange={(value) => setTicket((now) => ({ ...now, first_message: value }))}
          />
          <p className={classes.hint}>{t(`newTicket.beginHints.${first}`)}</p>
        </div>
      )}
      <Textarea
        {...field('text')}
        label={t(`newTicket.texts.${first}`)}
        autosize
        minRows={5}
        maxRows={12}
      />
      <div className={classes.pair}>
        <Select
          label={t('ticket.department')}
          data={departments.map(({ id, name }) => ({ value: id, label: name }))}
          value={ticket.department_id ?? null}
          error={faultOf('department_id')}
          allowDeselect={false}
          onChange={(department_id) => setTicket((now) => ({ ...now, department_id }))}
        />
        <Select
          label={t('ticket.priority')}
          data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
          value={ticket.priority ?? 'normal'}
          allowDeselect={false}
          onChange={(value) => {
            const priority = PRIORITIES.find((one) => one === value) ?? 'normal';
            setTicket((now) => ({ ...now, priority }));
          }}
        />
      </div>
      <TypeFields ticket={ticket} faultOf={faultOf} onChange={put} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('newTicket.cancel')}
        </Button>
        <Button type="submit" loading={isPending}>
          {t(`newTicket.do.${first}`)}
        </Button>
      </Group>
    </form>
  );
}

function useCreate(onDone: () => void) {
  const desk = useDesk();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { beside } = useHere();
  const { t } = useTranslation();
  // One key for as long as the form is open: a repeated click makes one ticket.
  const [key] = useState(() => crypto.randomUUID());
  const { mutate, error, isPending } = useMutation({
    mutationFn: (ticket: NewTicket) => desk.create(ticket, key),
    onSuccess: ({ number }) => {
      onDone();
      say(t('newTicket.created', { number }));
      refreshLists(queries);
      void navigate({ to: '/tickets/$number', params: { number }, search: beside });
    },
  });
  return { create: mutate, error, isPending };
}
