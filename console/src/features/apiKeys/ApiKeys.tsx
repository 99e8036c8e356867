import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api/apiKeysDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import classes from '../setup/Setup.module.css';
import { Standing } from '../setup/Standing';
import { Sure } from '../setup/Sure';
import { useAction } from '../setup/useAction';
import { useChoices } from '../setup/useChoices';
import { NewKeyDialog } from './NewKeyDialog';
import { dayWords, scopeWords } from './words';

/** Programs that call the API: what each may do, when it did last, and the way to stop it. */
export function ApiKeys() {
  const { t } = useTranslation();
  const { apiKeys } = useDesk();
  const opener = useRef<HTMLButtonElement>(null);
  const [isNew, setNew] = useState(false);
  const list = useQuery({ queryKey: keys.apiKeys, queryFn: () => apiKeys.list() });
  const found = [...(list.data ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <div className={classes.bar}>
        <Button ref={opener} onClick={() => setNew(true)}>
          {t('apiKeys.add')}
        </Button>
      </div>
      <Standing
        isPending={list.isPending}
        error={list.error}
        isEmpty={!found.length}
        onAgain={() => void list.refetch()}
        empty={{ title: t('apiKeys.none'), advice: t('apiKeys.noneAdvice') }}
      >
        <ul className={classes.rows} aria-label={t('apiKeys.title')}>
          {found.map((key) => (
            <Row key={key.id} one={key} />
          ))}
        </ul>
      </Standing>
      <NewKeyDialog
        isOpen={isNew}
        taken={found.map(({ id }) => id)}
        onClose={() => {
          setNew(false);
          // The dialog's second page took the place of the first: focus goes back by hand.
          setTimeout(() => opener.current?.focus());
        }}
      />
    </>
  );
}

function Row({ one }: { one: ApiKey }) {
  const { t, i18n } = useTranslation();
  const { apiKeys } = useDesk();
  const names = useChoices('departments');
  const revoke = useAction({
    act: (key: ApiKey) => apiKeys.revoke(key.id),
    changes: [keys.apiKeys],
    done: (key) => t('apiKeys.revoked', { name: key.name }),
  });
  const day = (at: string) => dayWords(at, i18n.language);
  const named = one.departments.map((id) => names.find((n) => n.value === id)?.label ?? id);
  const where = one.all_departments ? t('apiKeys.everywhere') : named.join(', ');
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.wraps}>{one.name}</div>
        <div className={classes.dim}>
          <span className={classes.code}>{one.begins_with}…</span> {where}
        </div>
        <div className={classes.dim}>{one.scopes.map((s) => scopeWords(s, t)).join(' · ')}</div>
        <div className={classes.dim}>
          {one.last_used_on
            ? t('apiKeys.lastUsed', { day: day(one.last_used_on) })
            : t('apiKeys.neverUsed')}
          {one.ends_on && !one.has_ended && ` · ${t('apiKeys.ends', { day: day(one.ends_on) })}`}
        </div>
      </div>
      {one.has_ended && <span className={classes.mark}>{t('apiKeys.ended')}</span>}
      <Sure
        size="compact-sm"
        question={t('apiKeys.sure', { name: one.name })}
        onSure={() => revoke.mutate(one)}
      >
        {t('apiKeys.revoke')}
      </Sure>
    </li>
  );
}
