import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import type { Setting } from '../../api/settings';
import classes from './Members.module.css';
import { Warning } from './Warning';

/** Whether an agent answers tickets: others are members and read them, or set up the desk. */
export function isAnswering({ role, is_active }: Setting<'agents'>): boolean {
  return is_active && (role === 'agent' || role === 'supervisor');
}

/** Who is in a department; nobody is warned of, for its tickets would wait unseen. */
export function Members({ department }: { department: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(settingsQuery(useDesk(), 'agents'));
  if (!data) return null;
  const members = data
    .map(({ setting }) => setting)
    .filter((agent) => agent.is_active && agent.departments.includes(department))
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <div>
      <div className={classes.label}>{t('peopleSetup.department.members')}</div>
      {!members.some(isAnswering) && <Warning>{t('peopleSetup.department.nobodyWords')}</Warning>}
      {members.length > 0 && (
        <ul className={classes.list}>
          {members.map(({ id, name }) => (
            <li key={id}>
              <Link to="/setup/$page/$entry" params={{ page: 'agents', entry: id }}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <p className={classes.dim}>{t('peopleSetup.department.membersHint')}</p>
    </div>
  );
}
