import { Button, Group, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props extends ButtonProps {
  children: ReactNode;
  /** What is asked before it is done. */
  question: string;
  onSure: () => void;
}

/** A button for what cannot be undone: it asks once, in its own place. */
export function Sure({ children, question, onSure, ...look }: Props) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button variant="default" {...look} onClick={() => setAsking(true)}>
        {children}
      </Button>
    );
  }
  return (
    <Group gap={6} role="group" aria-label={question}>
      <span>{question}</span>
      <Button
        {...look}
        color="red.8"
        variant="filled"
        autoFocus
        onClick={() => {
          setAsking(false);
          onSure();
        }}
      >
        {children}
      </Button>
      <Button {...look} variant="default" onClick={() => setAsking(false)}>
        {t('newTicket.cancel')}
      </Button>
    </Group>
  );
}
