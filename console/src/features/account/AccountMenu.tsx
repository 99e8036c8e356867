import { Menu, Switch } from '@mantine/core';
import {
  IconKeyboard,
  IconLogout,
  IconSettings,
  IconUserCheck,
  IconUserOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../keyboard/Keys';
import { Initials } from '../people/Initials';
import { useMe } from '../people/useNames';
import classes from './AccountMenu.module.css';
import { useChangeMe } from './useChangeMe';

interface Props {
  isNarrow: boolean;
  onSettings: () => void;
  onHelp: () => void;
  onSignOut: () => void;
}

export function AccountMenu({ isNarrow, onSettings, onHelp, onSignOut }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const state = t(me.available ? 'account.available' : 'account.away');
  const load = t('account.load', { count: me.open_tickets, capacity: me.capacity });
  const changeMe = useChangeMe();
  return (
    <Menu position="right-end" width={250}>
      <Menu.Target>
        <button type="button" className={classes.target}>
          <span className={classes.face} data-available={me.available || undefined}>
            <Initials name={me.name} of="agent" size={28} isBesideName />
          </span>
          <span className="visually-hidden">{t('account.menu', { name: me.name, state })}</span>
          {!isNarrow && (
            <span className={classes.words} aria-hidden>
              <span className={classes.name}>{me.name}</span>
              <span className={classes.state}>{load}</span>
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.load}>
          <div className={classes.name}>{me.name}</div>
          <div className={classes.state}>{load}</div>
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={
            me.available ? (
              <IconUserOff size={16} aria-hidden />
            ) : (
              <IconUserCheck size={16} aria-hidden />
            )
          }
          onClick={() => changeMe({ available: !me.available })}
        >
          {t(me.available ? 'account.goAway' : 'account.comeBack')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={onSettings}>
          {t('account.settings')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={16} aria-hidden />}
          rightSection={<Keys of="help" />}
          onClick={onHelp}
        >
          {t('keys.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={onSignOut}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Whether new tickets may be given to this agent. */
export function Availability() {
  const { t } = useTranslation();
  const me = useMe();
  const changeMe = useChangeMe();
  return (
    <Switch
      className={classes.switch}
      size="sm"
      color="green.8"
      checked={me.available}
      label={t(me.available ? 'account.available' : 'account.away')}
      aria-label={t('account.takesTickets')}
      onChange={(event) => changeMe({ available: event.currentTarget.checked })}
    />
  );
}
