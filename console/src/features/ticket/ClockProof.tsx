import { ActionIcon, Popover } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { clocksQuery } from '../../api/queries';
import type { ProvedClock } from '../../api/types';
import { shortMoment, shortSpan } from '../time/format';
import { useNow } from '../time/useNow';
import classes from './Clocks.module.css';

interface Props {
  number: number;
  target: ProvedClock['target'];
}

/** The pieces of time that one promise is made of, asked for when somebody wants to know. */
export function ClockProof({ number, target }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Popover opened={isOpen} onDismiss={close} width={320} position="left" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size="xs"
          variant="subtle"
          color="gray"
          aria-label={t('proof.of', { target: t(`target.${target}`) })}
          onClick={() => setOpen(!isOpen)}
        >
          <IconListDetails size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('proof.of', { target: t(`target.${target}`) })}>
        {isOpen && <Pieces number={number} target={target} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Pieces({ number, target }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { data, isError } = useQuery(clocksQuery(useDesk(), number));
  const own = data?.clocks.filter((clock) => clock.target === target) ?? [];
  if (isError) return <p className={classes.none}>{t('problem.noAnswer')}</p>;
  if (!data) return <p className={classes.none}>{t('proof.loading')}</p>;
  if (!own.length) return <p className={classes.none}>{t('proof.none')}</p>;
  return own.map((clock) => (
    <section key={clock.started_at} className={classes.proof} tabIndex={-1}>
      <p>{sum(clock)}</p>
      <ol className={classes.pieces}>
        {clock.segments.map((piece) => (
          <li key={`${piece.starts_at} ${piece.kind}`} data-kind={piece.kind}>
            <span>{shortMoment(new Date(piece.starts_at), i18n.language, now)}</span>
            <span>{t(`proof.kinds.${piece.kind}`)}</span>
            <span>{shortSpan(piece.seconds * 1000, t)}</span>
          </li>
        ))}
      </ol>
    </section>
  ));

  function sum(clock: ProvedClock): string {
    const counted = shortSpan(clock.counted_seconds * 1000, t);
    if (clock.missed_due_at) {
      const due = shortMoment(new Date(clock.missed_due_at), i18n.language, now);
      return t('proof.missed', { counted, due });
    }
    if (clock.allowed_seconds === null) return t('proof.counted', { counted });
    return t('proof.countedOf', { counted, allowed: shortSpan(clock.allowed_seconds * 1000, t) });
  }
}
