import { IconMoodHappy, IconMoodSad } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../../api/types';
import { useNames } from '../people/useNames';
import { Ago } from '../time/Ago';
import { exact } from '../time/format';
import classes from './Satisfaction.module.css';

/** What the customer says of the help he got, or when he is asked; nothing where nobody asks. */
export function Satisfaction({ ticket }: { ticket: Ticket }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const known = ticket.satisfaction;
  if (!known) return null;
  if (!known.rating) {
    return (
      <p className={classes.waiting}>
        {known.ask_at
          ? t('satisfaction.willBeAsked', { at: exact(known.ask_at, i18n.language) })
          : t('satisfaction.wasAsked')}
      </p>
    );
  }
  const Icon = known.rating === 'good' ? IconMoodHappy : IconMoodSad;
  return (
    <div className={classes.said}>
      <p className={classes.rating} data-rating={known.rating}>
        <Icon size={18} aria-hidden />
        <strong>{t(`satisfaction.${known.rating}`)}</strong>
        {known.rated_at && <Ago at={known.rated_at} />}
      </p>
      {known.comment && <blockquote className={classes.comment}>{known.comment}</blockquote>}
      {known.agent_id && (
        <p className={classes.waiting}>
          {t('satisfaction.solvedBy', { name: names.agent(known.agent_id) })}
        </p>
      )}
    </div>
  );
}
