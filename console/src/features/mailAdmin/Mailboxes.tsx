import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mailbox, StoredMailRules } from '../../api/adminDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { useNames } from '../people/useNames';
import { AliasesDialog } from './AliasesDialog';
import { ForwardingDialog } from './ForwardingDialog';
import { MailboxEntry } from './MailboxEntry';
import { NEW, type SetupPageProps } from '../setup/page';
import classes from '../setup/Setup.module.css';
import { Standing } from '../setup/Standing';
import { useAction } from '../setup/useAction';

type Door = { mailbox: Mailbox; to: 'aliases' | 'forwarding' };

export function Mailboxes({ entry }: SetupPageProps) {
  return entry === null ? <MailboxList /> : <MailboxEntry entry={entry} />;
}

/** The desk's own addresses, and the existing ones that are forwarded to them. */
function MailboxList() {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const names = useNames();
  const [door, setDoor] = useState<Door | null>(null);
  const list = useQuery({ queryKey: keys.mailboxes, queryFn: () => admin.mailboxes() });
  const boxes = list.data ?? [];
  const opened = boxes.find((one) => one.setting.id === door?.mailbox.setting.id);
  const close = (): void => setDoor(null);
  return (
    <>
      <Standing
        isPending={list.isPending}
        error={list.error}
        isEmpty={!boxes.length}
        onAgain={() => void list.refetch()}
        empty={{ title: t('mail.mailboxes.none'), advice: t('mail.mailboxes.noneAdvice') }}
      >
        <CatchAll boxes={boxes} />
        <ul className={classes.rows} aria-label={t('mail.pages.mailboxes.title')}>
          {boxes.map((mailbox) => {
            const { id, name, address, aliases = [], department_id } = mailbox.setting;
            return (
              <li key={id} className={classes.row}>
                <div className={classes.words}>
                  <div className={classes.wraps}>{address}</div>
                  <div className={classes.dim}>
                    {name} · {names.department(department_id)}
                  </div>
                  {aliases.length > 0 && (
                    <div className={classes.dim}>
                      {t('mail.mailboxes.alsoBy', { aliases: aliases.join(', ') })}
                    </div>
                  )}
                </div>
                <Button
                  size="compact-sm"
                  variant="default"
                  renderRoot={(root) => (
                    <Link
                      to="/setup/$page/$entry"
                      params={{ page: 'mailboxes', entry: id }}
                      {...root}
                    />
                  )}
                >
                  {t('mail.mailboxes.change')}
                  <span className="visually-hidden"> {address}</span>
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setDoor({ mailbox, to: 'aliases' })}
                >
                  {t('mail.mailboxes.edit')}
                  <span className="visually-hidden"> {address}</span>
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setDoor({ mailbox, to: 'forwarding' })}
                >
                  {t('mail.mailboxes.connect')}
                  <span className="visually-hidden"> {address}</span>
                </Button>
              </li>
            );
          })}
        </ul>
        <AliasesDialog mailbox={door?.to === 'aliases' ? opened : undefined} onClose={close} />
        <ForwardingDialog
          mailbox={door?.to === 'forwarding' ? opened : undefined}
          onClose={close}
        />
      </Standing>
      {list.data && (
        <div>
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            renderRoot={(root) => (
              <Link to="/setup/$page/$entry" params={{ page: 'mailboxes', entry: NEW }} {...root} />
            )}
          >
            {t('mail.mailboxes.add')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Where mail goes that names no address of ours. */
function CatchAll({ boxes }: { boxes: Mailbox[] }) {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const { data } = useQuery({ queryKey: keys.mailRules, queryFn: () => admin.mailRules() });
  const save = useAction({
    act: (rules: StoredMailRules) => admin.saveMailRules(rules),
    changes: [keys.mailRules],
    done: () => t('mail.rules.saved'),
  });
  const chosen = data?.setting.catch_all_mailbox_id ?? '';
  return (
    <Select
      label={t('mail.mailboxes.catchAll')}
      description={t('mail.mailboxes.catchAllHint')}
      data={[
        { value: '', label: t('mail.mailboxes.first') },
        ...boxes.map(({ setting }) => ({ value: setting.id, label: setting.address })),
      ]}
      value={chosen}
      disabled={!data || save.isPending}
      allowDeselect={false}
      onChange={(value) => {
        if (!data || value === null) return;
        const setting = { ...data.setting, catch_all_mailbox_id: value };
        save.mutate({ version: data.version, setting });
      }}
    />
  );
}
