import { ActionIcon, Indicator, Menu } from '@mantine/core';
import { IconCheck, IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ListFilter, Status } from '../../api/types';
import { useMe } from '../people/useNames';
import { StatusMark } from '../ticket/status';

const UNSOLVED: Status[] = ['new', 'open', 'answered', 'postponed'];
const EVERY: Status[] = [...UNSOLVED, 'resolved', 'closed'];

interface Props {
  filter: ListFilter;
  onChange: (filter: ListFilter) => void;
  /** Whether solved tickets can be in the list too. */
  hasSolved: boolean;
}

export function FilterMenu({ filter, onChange, hasSolved }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const isOn = Boolean(filter.status ?? filter.department);
  const label = t(isOn ? 'lists.filterOn' : 'lists.filter');
  const visible = me.all_departments.filter(
    (one) => me.role === 'administrator' || me.departments.includes(one.id),
  );
  const tick = (on: boolean) => (on ? <IconCheck size={14} aria-hidden /> : null);
  return (
    <Menu position="bottom-end" width={220} closeOnItemClick>
      <Indicator disabled={!isOn} size={8} offset={4}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" title={label} aria-label={label}>
            <IconFilter size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
      </Indicator>
      <Menu.Dropdown>
        <Menu.Label>{t('ticket.status')}</Menu.Label>
        {(hasSolved ? EVERY : UNSOLVED).map((status) => (
          <Menu.Item
            key={status}
            rightSection={tick(filter.status === status)}
            onClick={() => onChange({ status: filter.status === status ? undefined : status })}
          >
            <StatusMark status={status} />
          </Menu.Item>
        ))}
        <Menu.Label>{t('ticket.department')}</Menu.Label>
        {visible.map(({ id, name }) => (
          <Menu.Item
            key={id}
            rightSection={tick(filter.department === id)}
            onClick={() => onChange({ department: filter.department === id ? undefined : id })}
          >
            {name}
          </Menu.Item>
        ))}
        {isOn && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onChange({ status: undefined, department: undefined })}>
              {t('lists.clearFilter')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
