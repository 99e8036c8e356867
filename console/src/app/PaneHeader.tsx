import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PaneHeader.module.css';

interface Props {
  title: ReactNode;
  /** A second heading where the page is about something else. */
  heading?: 'h1' | 'h2';
  onRail: () => void;
  /** What can be done here. */
  children?: ReactNode;
}

/** The head of a pane: what it shows, and the way to the rail where that is put away. */
export function PaneHeader({ title, heading: Heading = 'h1', onRail, children }: Props) {
  const { t } = useTranslation();
  return (
    <header className={classes.header}>
      <ActionIcon
        className={classes.rail}
        variant="subtle"
        color="gray"
        aria-label={t('rail.open')}
        onClick={onRail}
      >
        <IconMenu2 size={18} aria-hidden />
      </ActionIcon>
      <Heading className={classes.title}>{title}</Heading>
      {children}
    </header>
  );
}
