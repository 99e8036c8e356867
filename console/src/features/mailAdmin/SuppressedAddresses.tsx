import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SuppressedAddress } from '../../api/adminDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { Ago } from '../time/Ago';
import classes from '../setup/Setup.module.css';
import { MoreButton } from '../setup/MoreButton';
import { Standing } from '../setup/Standing';
import { Sure } from '../setup/Sure';
import { useAction } from '../setup/useAction';

const TYPING_MS = 250;

/** Addresses that get no mail: they bounced, complained, or somebody said so. */
export function SuppressedAddresses() {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const [sought, setSought] = useState('');
  const [prefix] = useDebouncedValue(sought.trim().toLowerCase(), TYPING_MS);
  const list = useInfiniteQuery({
    queryKey: keys.suppressed(prefix),
    queryFn: ({ pageParam }) => admin.suppressedAddresses(prefix, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
  });
  const addresses = (list.data?.pages ?? []).flatMap((page) => page.addresses);
  return (
    <>
      <SuppressForm />
      <TextInput
        type="search"
        aria-label={t('mail.suppressed.seek')}
        placeholder={t('mail.suppressed.seek')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      <Standing
        isPending={list.isPending}
        error={list.error}
        isEmpty={!addresses.length}
        onAgain={() => void list.refetch()}
        empty={
          prefix
            ? { title: t('mail.suppressed.notFound'), advice: t('mail.suppressed.notFoundAdvice') }
            : { title: t('mail.suppressed.none'), advice: t('mail.suppressed.noneAdvice') }
        }
      >
        <ul className={classes.rows} aria-label={t('mail.pages.suppressed.title')}>
          {addresses.map((one) => (
            <Row key={one.address} one={one} />
          ))}
        </ul>
      </Standing>
      <MoreButton list={list} />
    </>
  );
}

function Row({ one }: { one: SuppressedAddress }) {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const remove = useAction({
    act: (address: string) => admin.unsuppress(address),
    changes: [['suppressed']],
    done: (address) => t('mail.suppressed.removed', { address }),
  });
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.wraps}>{one.address}</div>
        <div className={classes.dim}>
          {one.detail}{' '}
          {one.number && (
            <Link to="/tickets/$number" params={{ number: one.number }} search={true}>
              #{one.number}
            </Link>
          )}
        </div>
      </div>
      <span className={classes.mark} data-tone={one.reason === 'manual' ? undefined : 'bad'}>
        {t(`mail.suppressed.reasons.${one.reason}`)}
      </span>
      <span className={classes.aside}>
        <Ago at={one.since} />
      </span>
      <Sure
        size="compact-sm"
        question={t('mail.suppressed.sure', { address: one.address })}
        onSure={() => remove.mutate(one.address)}
      >
        {t('mail.suppressed.remove')}
      </Sure>
    </li>
  );
}

function SuppressForm() {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const suppress = useAction({
    act: (wanted: { address: string; reason: string }) =>
      admin.suppress(wanted.address, wanted.reason),
    changes: [['suppressed']],
    done: (wanted) => t('mail.suppressed.added', { address: wanted.address }),
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    suppress.mutate(
      { address: address.trim(), reason: reason.trim() },
      {
        onSuccess: () => {
          setAddress('');
          setReason('');
        },
      },
    );
  };
  return (
    <form className={classes.bar} noValidate onSubmit={submit}>
      <TextInput
        className={classes.grows}
        type="email"
        label={t('mail.suppressed.address')}
        placeholder="name@example.com"
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput
        className={classes.grows}
        label={t('mail.suppressed.reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" loading={suppress.isPending} disabled={!address.includes('@')}>
        {t('mail.suppressed.add')}
      </Button>
    </form>
  );
}
