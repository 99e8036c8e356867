import { ActionIcon, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './TicketHeader.module.css';

interface Props {
  number: number;
  subject: string;
  canChange: boolean;
  onChange: (subject: string) => void;
}

export function Subject({ number, subject, canChange, onChange }: Props) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<string | null>(null);
  const done = (): void => {
    const wanted = edited?.trim();
    setEdited(null);
    if (wanted && wanted !== subject) onChange(wanted);
  };
  if (edited !== null) {
    return (
      <TextInput
        className={classes.subjectField}
        aria-label={t('ticket.subject')}
        value={edited}
        maxLength={250}
        autoFocus
        onChange={(event) => setEdited(event.currentTarget.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
          if (event.key === 'Escape') setEdited(null);
        }}
      />
    );
  }
  return (
    <h1 className={classes.subject}>
      <span className={classes.number}>#{number}</span> {subject}
      {canChange && (
        <ActionIcon
          className={classes.edit}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('ticket.editSubject')}
          onClick={() => setEdited(subject)}
        >
          <IconPencil size={14} aria-hidden />
        </ActionIcon>
      )}
    </h1>
  );
}
