import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import classes from './Keys.module.css';
import { SHORTCUTS, type ShortcutId } from './shortcuts';

const LOOKS: Record<string, string> = { Enter: '↵', Escape: 'Esc' };

/** The key of an action as it is printed on menus and hints. */
export function Keys({ of }: { of: ShortcutId }) {
  const first = SHORTCUTS[of].keys[0];
  return (
    <span className={classes.keys} aria-hidden>
      {first.split(' ').map((key) => (
        <Fragment key={key}>
          <Kbd size="xs">{LOOKS[key] ?? key}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
