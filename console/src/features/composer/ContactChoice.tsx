import { useTranslation } from 'react-i18next';
import { CONTACTS, type Contact } from '../../api/types';
import { ContactIcon } from '../thread/ContactIcon';
import classes from './Composer.module.css';

interface Props {
  chosen: Contact;
  onChoose: (contact: Contact) => void;
}

/** By which way it was said; the note stays inside all the same. */
export function ContactChoice({ chosen, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.contacts} role="radiogroup" aria-label={t('composer.contactBy')}>
      {CONTACTS.map((contact) => (
        <label key={contact} className={classes.contact}>
          <input
            type="radio"
            name="contact"
            checked={contact === chosen}
            onChange={() => onChoose(contact)}
          />
          <ContactIcon contact={contact} />
          {t(`channel.${contact}`)}
        </label>
      ))}
    </div>
  );
}
