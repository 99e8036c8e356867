import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { ApiProblem } from '../../api/problems';
import { keys, settingsQuery } from '../../api/queries';
import type { Setting, SettingKind, Stored } from '../../api/settings';
import { problemText, say } from '../../app/say';
import { readFaults, type Fault } from './faults';
import { freeId } from './freeId';

interface Wanted<K extends SettingKind> {
  kind: K;
  /** What is edited; version 0 for a new one, whose id is made of what `nameOf` says. */
  stored: Stored<K>;
  nameOf?: (value: Setting<K>) => string;
  /** After it was saved or removed. */
  onDone?: () => void;
}

export interface SettingForm<K extends SettingKind> {
  value: Setting<K>;
  change: (patch: Partial<Setting<K>>) => void;
  isNew: boolean;
  isChanged: boolean;
  isBusy: boolean;
  save: () => void;
  remove: () => void;
  /** What was refused, by field. */
  faults: Fault[];
  /** What was refused about a field, or about a part of it. */
  fault: (field: string) => string | undefined;
  /** What was refused about a field as a whole, not about a part of it. */
  ownFault: (field: string) => string | undefined;
  /** Why it could not be done, where no field is to blame. */
  problem: string | null;
  /** What still needs it, when it was to be removed. */
  neededBy: Fault[];
  /** Somebody else changed it meanwhile; the two ways on. */
  isStale: boolean;
  /** Not where it was to be removed: what the others saved would be lost unseen. */
  mayOverwrite: boolean;
  overwrite: () => void;
  takeTheirs: () => void;
  /** What was saved and will hardly be meant, until it is read. */
  warnings: string[];
  readWarnings: () => void;
}

/** One setting while it is edited: what was typed, what was refused, what happened meanwhile. */
export function useSettingForm<K extends SettingKind>(wanted: Wanted<K>): SettingForm<K> {
  const { kind, onDone, nameOf = plainName } = wanted;
  const { t } = useTranslation();
  const desk = useDesk();
  const queries = useQueryClient();
  const [stored, setStored] = useState(wanted.stored);
  const [value, setValue] = useState(stored.setting);
  const [warnings, setWarnings] = useState<string[]>([]);
  /** What a new entry was to be called: the desk names its faults by it. */
  const [triedId, setTriedId] = useState('');
  const [done, setDone] = useState(0);
  const finish = useEffectEvent(() => onDone?.());
  // Only when it is drawn as saved: what guards against leaving must have seen it.
  useEffect(() => {
    if (done) finish();
  }, [done]);
  const isNew = stored.version === 0 && stored.setting.id === '';
  const readAnew = () => queries.query({ ...settingsQuery(desk, kind), staleTime: 0 });
  const readTheirs = async () => {
    const theirs = (await readAnew()).find(({ setting }) => setting.id === value.id);
    return theirs ?? { version: 0, setting: stored.setting };
  };
  const spread = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['settings'] }),
      queries.invalidateQueries({ queryKey: keys.me }),
    ]);

  const save = useMutation({
    mutationFn: async (isOverTheirs: boolean) => {
      if (isNew) {
        const taken = (await readAnew()).map(({ setting }) => setting.id);
        const id = freeId(nameOf(value), taken);
        setTriedId(id);
        return desk.settings.save(kind, { version: 0, setting: { ...value, id } });
      }
      const { version } = isOverTheirs ? await readTheirs() : stored;
      return desk.settings.save(kind, { version, setting: value });
    },
    onSuccess: (saved) => {
      const { version, setting } = saved;
      setStored({ version, setting });
      setValue(setting);
      void spread();
      say(t('setup.saved'));
      const warned = saved.warnings.map(({ message }) => message);
      setWarnings(warned);
      if (!warned.length) setDone((count) => count + 1);
    },
  });
  const remove = useMutation({
    mutationFn: () => desk.settings.remove(kind, stored),
    onSuccess: () => {
      setValue(stored.setting);
      void spread();
      say(t('setup.removed'));
      setDone((count) => count + 1);
    },
  });
  const takeTheirs = useMutation({
    mutationFn: readTheirs,
    onSuccess: (theirs) => {
      setStored(theirs);
      setValue(theirs.setting);
      save.reset();
      remove.reset();
    },
  });

  const error = save.error ?? remove.error ?? takeTheirs.error;
  const isStale = error instanceof ApiProblem && [409, 412].includes(error.status);
  const faults = readFaults(save.error, kind, isNew ? triedId : value.id);
  const neededBy = readFaults(remove.error, kind, value.id);
  return {
    value,
    change: (patch) => setValue((now) => ({ ...now, ...patch })),
    isNew,
    isChanged: JSON.stringify(value) !== JSON.stringify(stored.setting),
    isBusy: save.isPending || remove.isPending || takeTheirs.isPending,
    save: () => {
      remove.reset();
      save.mutate(false);
    },
    remove: () => {
      save.reset();
      remove.mutate();
    },
    faults,
    fault: (field) =>
      faults.find((one) => one.field === field || one.field.startsWith(`${field}.`))?.message,
    ownFault: (field) => faults.find((one) => one.field === field)?.message,
    problem: error && !isStale && !faults.length && !neededBy.length ? problemText(error, t) : null,
    neededBy,
    isStale,
    mayOverwrite: isStale && save.error !== null,
    overwrite: () => save.mutate(true),
    takeTheirs: () => takeTheirs.mutate(),
    warnings,
    readWarnings: () => {
      setWarnings([]);
      setDone((count) => count + 1);
    },
  };
}

function plainName(value: object): string {
  return 'name' in value && typeof value.name === 'string' ? value.name : '';
}
