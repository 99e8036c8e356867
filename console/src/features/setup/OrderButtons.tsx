import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './OrderButtons.module.css';

interface Props {
  /** What is moved, for who cannot see where the buttons stand. */
  name: string;
  place: number;
  count: number;
  onMove: (to: number) => void;
}

/** One place up or down in a list of a form; whoever moves by keyboard stays on the button. */
export function OrderButtons({ name, place, count, onMove }: Props) {
  const { t } = useTranslation();
  const pressed = useRef<'up' | 'down' | null>(null);
  const pair = useRef<HTMLSpanElement>(null);
  // A row that is put elsewhere in the page loses the focus on the way.
  useEffect(() => {
    if (!pressed.current) return;
    pair.current?.querySelector<HTMLElement>(`[data-way="${pressed.current}"]`)?.focus();
    pressed.current = null;
  }, [place]);
  const go = (way: 'up' | 'down'): void => {
    const to = way === 'up' ? place - 1 : place + 1;
    if (to < 0 || to >= count) return;
    pressed.current = way;
    onMove(to);
  };
  const look = { variant: 'subtle', color: 'gray', size: 26 } as const;
  // Not `disabled`: at the end of the list a button would lose the focus, and the place with it.
  return (
    <span ref={pair} className={classes.pair}>
      <ActionIcon
        {...look}
        data-way="up"
        aria-label={t('setup.moveUp', { name })}
        aria-disabled={place === 0}
        onClick={() => go('up')}
      >
        <IconArrowUp size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        {...look}
        data-way="down"
        aria-label={t('setup.moveDown', { name })}
        aria-disabled={place === count - 1}
        onClick={() => go('down')}
      >
        <IconArrowDown size={15} aria-hidden />
      </ActionIcon>
    </span>
  );
}

/** A list with one of its entries at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  return list.toSpliced(from, 1).toSpliced(to, 0, ...list.slice(from, from + 1));
}
