import { ActionIcon, Button, NativeSelect, Progress, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { LINK_KINDS, type LinkKind } from '../../api/relationsDesk';
import type { Ticket } from '../../api/types';
import { useMe } from '../people/useNames';
import { StatusMark } from '../ticket/status';
import { useLinks } from './links';
import { Merged } from './Merged';
import classes from './Relations.module.css';
import { useChange } from './useChange';

/** What hangs together with a ticket, how far its parts are, and how to change that. */
export function Relations({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { number } = ticket;
  const { relations } = useDesk();
  const canChange = useMe().role !== 'collaborator';
  const data = useLinks(ticket);
  const run = useChange(ticket);
  const links = data?.links ?? [];
  return (
    <>
      <Merged ticket={ticket} canChange={canChange} />
      {data && !links.length && <p className={classes.none}>{t('links.none')}</p>}
      {!!data?.children && (
        <>
          <p className={classes.none}>{t('links.progress', data)}</p>
          <Progress
            className={classes.done}
            size="sm"
            value={(data.done / data.children) * 100}
            aria-hidden
          />
        </>
      )}
      <ul className={classes.links}>
        {links.map((link) => (
          <li key={`${link.kind} ${link.number}`}>
            <div className={classes.linked}>
              <Link
                to="/tickets/$number"
                params={{ number: link.number }}
                search={true}
                className={classes.link}
              >
                <span className="mono">#{link.number}</span> {link.subject}
              </Link>
              <div className={classes.kindAndStatus}>
                <span className={classes.kind}>{t(`links.${link.kind}`)}</span>
                <StatusMark status={link.status} label={link.label_id} />
              </div>
            </div>
            {canChange && (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('links.remove', { number: link.number })}
                onClick={() =>
                  run(link.number, () => relations.unlink(number, link.kind, link.number))
                }
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {canChange && !ticket.merged_into && (
        <AddLink
          onLink={(kind, other) => run(other, () => relations.link(number, kind, other))}
          onMerge={(other) => run(other, () => relations.merge(number, other))}
        />
      )}
    </>
  );
}

interface AddLinkProps {
  onLink: (kind: LinkKind, other: number) => void;
  onMerge: (other: number) => void;
}

function AddLink({ onLink, onMerge }: AddLinkProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<LinkKind>('related');
  const other = /^#?\d{1,12}$/.test(text.trim()) ? Number(text.trim().replace('#', '')) : 0;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!other) return;
    setText('');
    onLink(kind, other);
  };
  return (
    <form className={classes.add} onSubmit={submit}>
      <NativeSelect
        size="xs"
        aria-label={t('links.kind')}
        value={kind}
        data={LINK_KINDS.map((value) => ({ value, label: t(`links.${value}`) }))}
        onChange={(event) => setKind(event.currentTarget.value as LinkKind)}
      />
      <TextInput
        className={classes.number}
        size="xs"
        inputMode="numeric"
        aria-label={t('links.number')}
        placeholder="1042"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" variant="default" disabled={!other}>
        {t('links.add')}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        disabled={!other}
        onClick={() => {
          setText('');
          onMerge(other);
        }}
      >
        {t('links.merge')}
      </Button>
    </form>
  );
}
