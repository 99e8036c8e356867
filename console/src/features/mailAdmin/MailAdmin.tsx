import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useEffect, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../people/useNames';
import { BlockedSenders } from './BlockedSenders';
import { DeadLetters } from './DeadLetters';
import classes from './MailAdmin.module.css';
import { Mailboxes } from './Mailboxes';
import { MailRulesForm } from './MailRulesForm';
import type { MailPage } from './pages';
import { SuppressedAddresses } from './SuppressedAddresses';
import { SuspendedMails } from './SuspendedMails';

const PARTS: Record<MailPage, ComponentType> = {
  suspended: SuspendedMails,
  blocked: BlockedSenders,
  suppressed: SuppressedAddresses,
  mailboxes: Mailboxes,
  rules: MailRulesForm,
  'dead-letters': DeadLetters,
};

/** One page about the desk's mail. */
export function MailAdmin({ page, onRail }: { page: MailPage; onRail: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const Part = PARTS[page];
  const title = t(`mail.pages.${page}.title`);
  useEffect(() => {
    document.title = `${title} · ${me.desk_name}`;
  }, [title, me.desk_name]);
  return (
    <main className={classes.pane} aria-label={title}>
      <header className={classes.header}>
        <ActionIcon
          className={classes.menu}
          variant="subtle"
          color="gray"
          aria-label={t('rail.open')}
          onClick={onRail}
        >
          <IconMenu2 size={18} aria-hidden />
        </ActionIcon>
        <h1 className={classes.title}>{title}</h1>
      </header>
      <div className={classes.scroll}>
        <div className={classes.column}>
          <p className={classes.lead}>{t(`mail.pages.${page}.lead`)}</p>
          {me.role === 'administrator' ? <Part /> : <p role="alert">{t('problem.notAllowed')}</p>}
        </div>
      </div>
    </main>
  );
}
