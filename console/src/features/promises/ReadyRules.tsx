import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import { newEntry } from '../setup/page';
import setup from '../setup/Setup.module.css';
import { READY, READY_RULES } from './readyRules';
import { useRuleWords } from './ruleWords';

/** Rules to begin with; they are looked at first, and off until somebody switches them on. */
export function ReadyRules() {
  const { t } = useTranslation();
  const say = useRuleWords();
  const { data = [] } = useQuery(settingsQuery(useDesk(), 'time-rules'));
  const names = new Set(data.map(({ setting }) => setting.name));
  const left = READY.map((id) => ({ id, rule: READY_RULES[id](t) })).filter(
    ({ rule }) => !names.has(rule.name),
  );
  if (!left.length) return null;
  return (
    <section>
      <h2 className={setup.subtitle}>{t('promises.rule.readyMade')}</h2>
      <ul className={setup.rows}>
        {left.map(({ id, rule }) => (
          <li key={id} className={setup.row}>
            <div className={setup.words}>
              <span className={setup.name}>{rule.name}</span>
              <span className={setup.detail}>{say(rule)}</span>
            </div>
            <Button
              size="compact-sm"
              variant="default"
              renderRoot={(root) => (
                <Link
                  to="/setup/$page/$entry"
                  params={{ page: 'time-rules', entry: newEntry(id) }}
                  {...root}
                />
              )}
            >
              {t('promises.rule.look')}
              <span className="visually-hidden"> {rule.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
