import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import type { SettingKind, Stored } from '../../api/settings';
import { sayProblem } from '../../app/say';
import { placeOf, STEP } from './order';
import classes from './Setup.module.css';

interface Props<K extends SettingKind> {
  kind: K;
  sorted: Stored<K>[];
  id: string;
  title: string;
}

/** Moves an entry by one place; what is tried first stands first. */
export function MoveButtons<K extends SettingKind>({ kind, sorted, id, title }: Props<K>) {
  const { t } = useTranslation();
  const desk = useDesk();
  const queries = useQueryClient();
  const from = sorted.findIndex(({ setting }) => setting.id === id);
  const move = useMutation({
    mutationFn: async (to: number) => {
      const wanted = placed(sorted, from, to);
      queries.setQueryData<Stored<K>[]>(keys.settings(kind), wanted);
      const moved = wanted.filter(
        (one) => placeOf(one) !== placeOf(sorted.find(isSame(one)) ?? one),
      );
      for (const one of moved) await desk.settings.save(kind, one);
    },
    onError: (error) => sayProblem(error, t),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.settings(kind) }),
  });
  const button = (to: number, Icon: typeof IconArrowUp, label: string) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      // It stays within reach of the keyboard at the ends of the list, so that the focus stays too.
      aria-disabled={to < 0 || to >= sorted.length || undefined}
      onClick={() => {
        if (to >= 0 && to < sorted.length && !move.isPending) move.mutate(to);
      }}
    >
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
  return (
    <span className={classes.moves}>
      {button(from - 1, IconArrowUp, t('setup.moveUp', { name: title }))}
      {button(from + 1, IconArrowDown, t('setup.moveDown', { name: title }))}
    </span>
  );
}

/** The list with one entry moved, and positions that say so. */
function placed<K extends SettingKind>(sorted: Stored<K>[], from: number, to: number): Stored<K>[] {
  const moved = sorted.toSpliced(from, 1).toSpliced(to, 0, ...sorted.slice(from, from + 1));
  return moved.map((one, index) => ({
    ...one,
    setting: { ...one.setting, position: (index + 1) * STEP },
  }));
}

function isSame<K extends SettingKind>(one: Stored<K>): (other: Stored<K>) => boolean {
  return (other) => other.setting.id === one.setting.id;
}
