import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldGroup } from '../setup/FieldGroup';
import { LANGUAGE_NAMES, SERVER_LANGUAGES, type ServerLanguage } from '../setup/languages';
import { moved, OrderButtons } from '../setup/OrderButtons';
import classes from './LanguagesField.module.css';

interface Props {
  languages: readonly ServerLanguage[];
  fault: string | undefined;
  onChange: (languages: ServerLanguage[]) => void;
}

/** The languages of the desk; the first one stands in where a text is missing. */
export function LanguagesField({ languages, fault, onChange }: Props) {
  const { t } = useTranslation();
  const others = SERVER_LANGUAGES.filter((one) => !languages.includes(one));
  return (
    <FieldGroup
      legend={t('peopleSetup.desk.languages')}
      hint={t('peopleSetup.desk.languagesHint')}
      fault={fault}
    >
      <ol className={classes.rows}>
        {languages.map((language, place) => {
          const name = LANGUAGE_NAMES[language];
          return (
            <li key={language} className={classes.row}>
              <span className={classes.name}>
                <span lang={language.replace('_', '-')}>{name}</span>
                {place === 0 && (
                  <span className={classes.first}>{t('peopleSetup.desk.firstLanguage')}</span>
                )}
              </span>
              <OrderButtons
                name={name}
                place={place}
                count={languages.length}
                onMove={(to) => onChange(moved(languages, place, to))}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                disabled={languages.length === 1}
                aria-label={t('peopleSetup.desk.leaveOut', { name })}
                onClick={() => onChange(languages.filter((one) => one !== language))}
              >
                <IconX size={15} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ol>
      {others.length > 0 && (
        <div className={classes.more}>
          {others.map((language) => (
            <Button
              key={language}
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              aria-label={t('peopleSetup.desk.addLanguage', { name: LANGUAGE_NAMES[language] })}
              onClick={() => onChange([...languages, language])}
            >
              <span lang={language.replace('_', '-')}>{LANGUAGE_NAMES[language]}</span>
            </Button>
          ))}
        </div>
      )}
    </FieldGroup>
  );
}
