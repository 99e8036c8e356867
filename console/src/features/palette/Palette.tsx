import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconHash, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../keyboard/Keys';
import classes from './Palette.module.css';
import { useCommands, type Doors } from './useCommands';
import { useKnownTickets } from './useKnownTickets';

interface Props {
  doors: Doors;
  onTicket: (number: number) => void;
}

const MOST_TICKETS = 8;

/** Everything by typing: tickets by number, subject or requester, lists, actions, settings. */
export function Palette({ doors, onTicket }: Props) {
  const { t } = useTranslation();
  const commands = useCommands(doors);
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLocaleLowerCase();
  const number = /^#?(\d{1,12})$/.exec(wanted)?.[1];
  const tickets = useKnownTickets(wanted).slice(0, MOST_TICKETS);
  const found = commands.filter((one) => one.label.toLocaleLowerCase().includes(wanted));
  const groups = (['go', 'do', 'settings'] as const)
    .map((group) => ({ group, found: found.filter((one) => one.group === group) }))
    .filter((one) => one.found.length);
  const isEmpty = !number && !tickets.length && !found.length;
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      clearQueryOnClose
      attributes={{ content: { 'aria-label': t('rail.find') } }}
      scrollable
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      classNames={{ action: classes.action, actionsGroup: classes.group }}
      maxHeight={440}
      transitionProps={{ duration: 100 }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {number && (
          <Spotlight.Action
            label={t('palette.openNumber', { number })}
            leftSection={<IconHash size={16} aria-hidden />}
            onClick={() => onTicket(Number(number))}
          />
        )}
        {wanted && tickets.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.tickets')}>
            {tickets.map((row) => (
              <Spotlight.Action key={row.number} onClick={() => onTicket(row.number)}>
                <span className={classes.ticket}>
                  <span className={`mono ${classes.number ?? ''}`}>#{row.number}</span>
                  <span className={classes.subject}>{row.subject}</span>
                  <span className={classes.requester}>{row.requester.name}</span>
                </span>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {groups.map((one) => (
          <Spotlight.ActionsGroup key={one.group} label={t(`palette.groups.${one.group}`)}>
            {one.found.map(({ id, label, icon: Icon, shortcut, run }) => (
              <Spotlight.Action
                key={id}
                label={label}
                leftSection={<Icon size={16} aria-hidden />}
                rightSection={shortcut && <Keys of={shortcut} />}
                onClick={run}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {isEmpty && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

export const openPalette = spotlight.open;
