import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Setting } from '../../api/settings';
import classes from './DeskPreview.module.css';
import { inkOn, isColour } from './ink';

const LOGO_URL = /^https:\/\/[^\s"'<>]+$/;

/** The head of the pages and of the mails that customers get. */
export function DeskPreview({ profile }: { profile: Setting<'desk'> }) {
  const { t } = useTranslation();
  const accent = isColour(profile.accent) ? profile.accent : '#2f5bd0';
  const colours = { background: accent, color: inkOn(accent) };
  const name = profile.name || t('peopleSetup.desk.unnamed');
  return (
    <section className={classes.preview} aria-label={t('peopleSetup.desk.preview')}>
      <h2 className={classes.heading}>{t('peopleSetup.desk.preview')}</h2>
      <div className={classes.sheets}>
        <figure className={classes.sheet}>
          <figcaption>{t('peopleSetup.desk.page')}</figcaption>
          <div className={classes.bar}>
            <span className={classes.mark} style={colours} aria-hidden>
              {name.slice(0, 1)}
            </span>
            {name}
          </div>
          <div className={classes.body}>
            <span className={classes.button} style={colours}>
              {t('peopleSetup.desk.sendRequest')}
            </span>
          </div>
        </figure>
        <figure className={classes.sheet}>
          <figcaption>{t('peopleSetup.desk.mail')}</figcaption>
          <div className={classes.body}>
            <Logo key={profile.logo_url} url={profile.logo_url} name={name} />
            <p>{t('peopleSetup.desk.mailWords')}</p>
            <span className={classes.button} style={colours}>
              {t('peopleSetup.desk.openRequest')}
            </span>
          </div>
        </figure>
      </div>
    </section>
  );
}

function Logo({ url, name }: { url: string; name: string }) {
  const { t } = useTranslation();
  const [isMissing, setMissing] = useState(false);
  if (!LOGO_URL.test(url)) return <strong>{name}</strong>;
  if (isMissing) return <span className={classes.dim}>{t('peopleSetup.desk.logoMissing')}</span>;
  return <img className={classes.logo} src={url} alt={name} onError={() => setMissing(true)} />;
}
