import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForwardingCheck, Mailbox } from '../../api/adminDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { problemText } from '../../app/say';
import { Ago } from '../time/Ago';
import { useSaveAliases } from './AliasesDialog';
import { Confirmation } from './Confirmation';
import classes from '../setup/Setup.module.css';
import { useSuspended } from './SuspendedMails';
import { useAction } from '../setup/useAction';

const REFRESH_MS = 5000;

interface Props {
  /** Undefined while the dialog is closed. */
  mailbox: Mailbox | undefined;
  onClose: () => void;
}

/** How an address that exists elsewhere is forwarded to this desk, step by step. */
export function ForwardingDialog({ mailbox, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={mailbox !== undefined}
      onClose={onClose}
      size="lg"
      title={t('mail.mailboxes.connect')}
    >
      {mailbox && <Steps mailbox={mailbox} />}
    </Modal>
  );
}

function Steps({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation();
  const { address, aliases = [] } = mailbox.setting;
  return (
    <ol className={classes.steps}>
      <li>
        <h3>{t('mail.forwarding.name')}</h3>
        <p>{t('mail.forwarding.nameHint')}</p>
        <AddAlias mailbox={mailbox} />
      </li>
      <li>
        <h3>{t('mail.forwarding.forward')}</h3>
        <p>{t('mail.forwarding.forwardHint')}</p>
        <span className={classes.code}>{address}</span>
      </li>
      <li>
        <h3>{t('mail.forwarding.confirm')}</h3>
        <p>{t('mail.forwarding.confirmHint')}</p>
        <Confirmations />
      </li>
      <li>
        <h3>{t('mail.forwarding.test')}</h3>
        <p>{t('mail.forwarding.testHint')}</p>
        {aliases.length ? (
          <Checks mailbox={mailbox.setting.id} aliases={aliases} />
        ) : (
          <p>{t('mail.forwarding.noAlias')}</p>
        )}
      </li>
    </ol>
  );
}

function AddAlias({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const save = useSaveAliases(mailbox);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const aliases = [...(mailbox.setting.aliases ?? []), address.trim()];
    save.mutate(aliases, { onSuccess: () => setAddress('') });
  };
  return (
    <form className={classes.bar} noValidate onSubmit={submit}>
      <TextInput
        className={classes.grows}
        type="email"
        aria-label={t('mail.forwarding.address')}
        placeholder="info@example.com"
        value={address}
        error={save.error ? problemText(save.error, t) : null}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        loading={save.isPending}
        disabled={!address.includes('@')}
      >
        {t('side.add')}
      </Button>
    </form>
  );
}

/** The mails by which other mail services ask whether they may forward here. */
function Confirmations() {
  const { t } = useTranslation();
  const list = useSuspended();
  const mails = (list.data?.pages ?? [])
    .flatMap((page) => page.mails)
    .filter((mail) => mail.reason === 'forwarding_confirmation');
  if (!mails.length) return <p>{t('mail.forwarding.noConfirmation')}</p>;
  return (
    <ul className={classes.rows}>
      {mails.map((mail) => (
        <li key={mail.id} className={classes.row}>
          <div className={classes.words}>
            <div className={classes.wraps}>{mail.subject}</div>
            <div className={classes.dim}>
              {mail.from_address} · <Ago at={mail.received_at} />
            </div>
            <OneConfirmation id={mail.id} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function OneConfirmation({ id }: { id: string }) {
  const { admin } = useDesk();
  const { data } = useQuery({
    queryKey: keys.suspendedMail(id),
    queryFn: () => admin.suspendedMail(id),
  });
  return data ? <Confirmation mail={data} /> : null;
}

function Checks({ mailbox, aliases }: { mailbox: string; aliases: string[] }) {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const checks = useQuery({
    queryKey: keys.checks(mailbox),
    queryFn: () => admin.checks(mailbox),
    refetchInterval: REFRESH_MS,
  });
  const test = useAction({
    act: (address: string) => admin.check(mailbox, address),
    changes: [keys.checks(mailbox)],
  });
  return (
    <ul className={classes.rows}>
      {aliases.map((address) => (
        <li key={address} className={classes.row}>
          <div className={classes.words}>
            <div className={classes.wraps}>{address}</div>
            <CheckState check={checks.data?.find((one) => one.address === address)} />
          </div>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('mail.forwarding.testOf', { address })}
            loading={test.isPending && test.variables === address}
            onClick={() => test.mutate(address)}
          >
            {t('mail.forwarding.testDo')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function CheckState({ check }: { check: ForwardingCheck | undefined }) {
  const { t } = useTranslation();
  if (!check) return <div className={classes.dim}>{t('mail.forwarding.untested')}</div>;
  if (check.arrived_at) {
    return (
      <div>
        <span className={classes.mark} data-tone="good">
          {t('mail.forwarding.works')} <Ago at={check.arrived_at} />
        </span>
      </div>
    );
  }
  return (
    <div>
      <span className={classes.mark} data-tone="risk">
        {t('mail.forwarding.underway')} <Ago at={check.sent_at} />
      </span>
    </div>
  );
}
