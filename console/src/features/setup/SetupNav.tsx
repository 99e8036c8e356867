import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SETUP_PAGES } from './pages';
import classes from './SetupNav.module.css';

/** The pages of the set-up by group, beside the page. */
export function SetupNav({ here }: { here: string }) {
  const { t } = useTranslation();
  return (
    <nav className={classes.nav} aria-label={t('setup.label')}>
      {SETUP_PAGES.map(({ group, pages }) => (
        <section key={group}>
          <h2 className={classes.heading}>{t(`setup.groups.${group}`)}</h2>
          <ul className={classes.links}>
            {pages.map(({ id, icon: Icon, title }) => (
              <li key={id}>
                <Link
                  to="/setup/$page"
                  params={{ page: id }}
                  className={classes.link}
                  data-here={id === here || undefined}
                  aria-current={id === here ? 'page' : undefined}
                >
                  <Icon size={16} stroke={1.8} aria-hidden />
                  <span>{title(t)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** The same as a menu, where there is no room beside the page. */
export function SetupMenu({ here }: { here: string }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          className={classes.menu}
          size="compact-sm"
          variant="default"
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('setup.pages')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.drop}>
        {SETUP_PAGES.map(({ group, pages }) => (
          <div key={group} role="group" aria-label={t(`setup.groups.${group}`)}>
            <div className={classes.heading} aria-hidden>
              {t(`setup.groups.${group}`)}
            </div>
            {pages.map(({ id, icon: Icon, title }) => (
              <Menu.Item
                key={id}
                leftSection={<Icon size={16} aria-hidden />}
                aria-current={id === here ? 'page' : undefined}
                renderRoot={(props) => <Link to="/setup/$page" params={{ page: id }} {...props} />}
              >
                {title(t)}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
