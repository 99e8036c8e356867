import { useTranslation } from 'react-i18next';
import type { SuspendedMailDetail } from '../../api/adminDesk';
import classes from '../setup/Setup.module.css';

/** Code and link of a mail by which another mail service asks to forward here. */
export function Confirmation({ mail }: { mail: SuspendedMailDetail }) {
  const { t } = useTranslation();
  const { confirmation_code: code, confirmation_url: url } = mail;
  // What stands in a mail is no address to trust: only the web, and in a window of its own.
  const isWeb = /^https?:\/\//i.test(url);
  if (!code && !isWeb) return null;
  return (
    <dl className={classes.facts}>
      {code && (
        <>
          <dt>{t('mail.forwarding.code')}</dt>
          <dd>
            <span className={classes.code}>{code}</span>
          </dd>
        </>
      )}
      {isWeb && (
        <>
          <dt>{t('mail.forwarding.link')}</dt>
          <dd>
            <a href={url} target="_blank" rel="noopener noreferrer nofollow">
              {url}
            </a>
          </dd>
        </>
      )}
    </dl>
  );
}
