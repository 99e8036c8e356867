import { Button } from '@mantine/core';
import { IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import type { Setting, SettingKind, Stored } from '../../api/settings';
import { MoveButtons } from './MoveButtons';
import { LAST, placeOf, STEP } from './order';
import { modelOf, NEW } from './page';
import classes from './Setup.module.css';
import { Standing } from './Standing';
import { useFocusBack } from './useFocusBack';

export interface EditorProps<K extends SettingKind> {
  stored: Stored<K>;
  /** The other entries of the kind. */
  others: Setting<K>[];
  onDone: () => void;
}

export interface Row {
  title: string;
  detail?: ReactNode;
  mark?: { words: string; tone?: 'good' | 'risk' | 'bad' } | undefined;
}

interface Props<K extends SettingKind> {
  /** Where the page stands in the address. */
  page: string;
  kind: K;
  entry: string | null;
  /** The name of the list, what stands where it is empty, and what the button says. */
  words: { list: string; none: string; noneAdvice: string; add: string };
  rowOf: (setting: Setting<K>) => Row;
  /** What a new entry begins with, empty or ready-made; its id stays empty until it is saved. */
  blank: (model: string) => Setting<K>;
  editor: ComponentType<EditorProps<K>>;
  /** Entries that are tried in an order can be moved; the others stand by their name. */
  isOrdered?: boolean;
  /** Stands between the list and its button, for example what is ready-made. */
  children?: ReactNode;
}

/** A list of one kind of setting, and the editor of the entry that the address names. */
export function SettingPage<K extends SettingKind>(props: Props<K>) {
  const { page, kind, entry, words, blank, editor: Editor } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useQuery(settingsQuery(useDesk(), kind));
  const onDone = (): void => void navigate({ to: '/setup/$page', params: { page } });
  const all = list.data ?? [];
  const model = entry === null ? null : modelOf(entry);
  const open =
    model !== null
      ? { version: 0, setting: atTheEnd(blank(model), all) }
      : all.find(({ setting }) => setting.id === entry);
  if (entry === null || list.isPending || (list.error && !list.data)) {
    return (
      <Standing
        isPending={list.isPending}
        error={list.error}
        isEmpty={!list.data}
        onAgain={() => void list.refetch()}
        empty={{ title: words.none, advice: words.noneAdvice }}
      >
        <List {...props} all={all} />
      </Standing>
    );
  }
  const back = (
    <Link to="/setup/$page" params={{ page }} className={classes.back}>
      {t('setup.back', { list: words.list })}
    </Link>
  );
  if (!open) {
    return (
      <>
        {back}
        <p role="alert">{t('setup.gone')}</p>
      </>
    );
  }
  const others = all.map(({ setting }) => setting).filter(({ id }) => id !== entry);
  return (
    <>
      {back}
      <Editor stored={open} others={others} onDone={onDone} />
    </>
  );
}

function List<K extends SettingKind>(props: Props<K> & { all: Stored<K>[] }) {
  const { page, kind, words, rowOf, isOrdered = false, all, children } = props;
  const list = useFocusBack(page);
  const sorted = isOrdered ? inOrder(all) : byTitle(all, rowOf);
  return (
    <>
      {sorted.length === 0 ? (
        <div className={classes.empty}>
          <h2>{words.none}</h2>
          <p>{words.noneAdvice}</p>
        </div>
      ) : (
        <ul ref={list} className={classes.rows} aria-label={words.list}>
          {sorted.map((stored) => {
            const { title, detail, mark } = rowOf(stored.setting);
            const { id } = stored.setting;
            return (
              <li key={id} className={classes.entry}>
                <Link
                  to="/setup/$page/$entry"
                  params={{ page, entry: id }}
                  className={classes.opener}
                  data-entry={id}
                >
                  <span className={classes.words}>
                    <span className={classes.name}>{title}</span>
                    {detail !== undefined && <span className={classes.detail}>{detail}</span>}
                  </span>
                  {mark && (
                    <span className={classes.mark} data-tone={mark.tone}>
                      {mark.words}
                    </span>
                  )}
                  <IconChevronRight size={16} aria-hidden className={classes.chevron} />
                </Link>
                {isOrdered && <MoveButtons kind={kind} sorted={sorted} id={id} title={title} />}
              </li>
            );
          })}
        </ul>
      )}
      {children}
      <div>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          renderRoot={(root) => (
            <Link to="/setup/$page/$entry" params={{ page, entry: NEW }} {...root} />
          )}
        >
          {words.add}
        </Button>
      </div>
    </>
  );
}

/** The order in which the desk tries them: by position, then by id. */
function inOrder<K extends SettingKind>(all: Stored<K>[]): Stored<K>[] {
  return all.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.setting.id < b.setting.id ? -1 : 1));
}

/** A new entry stands last: it takes nothing from those that were tried before. */
function atTheEnd<K extends SettingKind>(setting: Setting<K>, all: Stored<K>[]): Setting<K> {
  if (!('position' in setting)) return setting;
  const last = Math.max(0, ...all.map(placeOf));
  return { ...setting, position: Math.min(last + STEP, LAST) };
}

function byTitle<K extends SettingKind>(all: Stored<K>[], rowOf: Props<K>['rowOf']): Stored<K>[] {
  return all.toSorted((a, b) => rowOf(a.setting).title.localeCompare(rowOf(b.setting).title));
}
