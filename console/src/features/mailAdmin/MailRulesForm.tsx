import { Button, Checkbox, NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailRules, PublicEvent, StoredMailRules } from '../../api/adminDesk';
import { useDesk } from '../../api/desk';
import { ApiProblem } from '../../api/problems';
import { keys } from '../../api/queries';
import { problemText, say } from '../../app/say';
import { FieldGroup } from '../setup/FieldGroup';
import classes from '../setup/Setup.module.css';
import { LeaveGuard } from '../setup/LeaveGuard';
import { Standing } from '../setup/Standing';

const EVENTS: readonly PublicEvent[] = [
  'ticket_created',
  'ticket_assigned',
  'ticket_resolved',
  'ticket_reopened',
];
const LIMITS = [
  ['tickets_per_hour', 10_000],
  ['tickets_per_hour_authenticated', 100_000],
  ['copies_per_hour', 1000],
] as const;
const LONGEST_UNDO_SECONDS = 120;

/** How the desk deals with mail. */
export function MailRulesForm() {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const stored = useQuery({ queryKey: keys.mailRules, queryFn: () => admin.mailRules() });
  return (
    <Standing
      isPending={stored.isPending}
      error={stored.error}
      isEmpty={!stored.data}
      onAgain={() => void stored.refetch()}
      empty={{ title: '', advice: t('problem.unexpected') }}
    >
      {stored.data && <Form key={stored.data.version} stored={stored.data} />}
    </Standing>
  );
}

function Form({ stored }: { stored: StoredMailRules }) {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const queries = useQueryClient();
  const [rules, setRules] = useState(stored.setting);
  const save = useMutation({
    mutationFn: () => admin.saveMailRules({ version: stored.version, setting: rules }),
    onSuccess: (saved) => {
      queries.setQueryData(keys.mailRules, saved);
      void queries.invalidateQueries({ queryKey: keys.me });
      say(t('mail.rules.saved'));
    },
  });
  const faults = save.error instanceof ApiProblem ? (save.error.problem.errors ?? []) : [];
  const number = (
    name: Exclude<keyof MailRules, 'id' | 'public_events' | 'catch_all_mailbox_id'>,
  ) => ({
    label: t(`mail.rules.${name}`),
    description: t(`mail.rules.${name}_hint`),
    value: rules[name],
    error: faults.find((fault) => fault.field === name)?.message,
    allowDecimal: false,
    clampBehavior: 'strict' as const,
    onChange: (value: string | number) => setRules((now) => ({ ...now, [name]: Number(value) })),
  });
  const toggle = (event: PublicEvent, isOn: boolean): void =>
    setRules((now) => {
      const others = now.public_events.filter((one) => one !== event);
      return { ...now, public_events: isOn ? [...others, event] : others };
    });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <LeaveGuard isChanged={JSON.stringify(rules) !== JSON.stringify(stored.setting)} />
      {save.error && !faults.length && <p role="alert">{problemText(save.error, t)}</p>}
      <NumberInput {...number('undo_seconds')} min={0} max={LONGEST_UNDO_SECONDS} />
      <FieldGroup legend={t('mail.rules.public_events')}>
        {EVENTS.map((event) => (
          <Checkbox
            key={event}
            label={t(`mail.rules.events.${event}`)}
            checked={rules.public_events.includes(event)}
            onChange={(changed) => toggle(event, changed.currentTarget.checked)}
          />
        ))}
      </FieldGroup>
      {LIMITS.map(([name, most]) => (
        <NumberInput key={name} {...number(name)} min={1} max={most} />
      ))}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('mail.rules.save')}
        </Button>
      </div>
    </form>
  );
}
