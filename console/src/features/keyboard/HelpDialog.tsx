import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './HelpDialog.module.css';
import { Keys } from './Keys';
import { SHORTCUTS, type ShortcutId } from './shortcuts';

const GROUPS = ['lists', 'ticket', 'go', 'general'] as const;

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const ids = Object.keys(SHORTCUTS) as ShortcutId[];
  const modKey = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} size="lg">
      <div className={classes.groups}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 className={classes.heading}>{t(`keys.groups.${group}`)}</h3>
            <dl className={classes.list}>
              {ids
                .filter((id) => SHORTCUTS[id].group === group)
                .map((id) => (
                  <div key={id} className={classes.row}>
                    <dt>{t(`keys.names.${id}`)}</dt>
                    <dd>
                      <Keys of={id} />
                      <span className="visually-hidden">{SHORTCUTS[id].keys.join(', ')}</span>
                    </dd>
                  </div>
                ))}
              {group === 'general' && (
                <>
                  <div className={classes.row}>
                    <dt>{t('keys.names.palette')}</dt>
                    <dd className="mono">{modKey} K</dd>
                  </div>
                  <div className={classes.row}>
                    <dt>{t('keys.names.send')}</dt>
                    <dd className="mono">{modKey} ↵</dd>
                  </div>
                  <div className={classes.row}>
                    <dt>{t('keys.names.sendLater')}</dt>
                    <dd className="mono">{modKey} ⇧ ↵</dd>
                  </div>
                </>
              )}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
