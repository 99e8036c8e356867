import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SettingKind } from '../../api/settings';
import type { Fault } from './faults';
import { setupPage } from './pages';
import classes from './Setup.module.css';
import { useChoices } from './useChoices';

/** Where a kind of setting stands, when its page is not called as the desk calls it. */
const PAGES: Partial<Record<string, string>> = { 'sla-policies': 'service-levels' };

/** What still needs a setting that was to be removed, by name and with the way there. */
export function NeededBy({ faults }: { faults: readonly Fault[] }) {
  // An entry may need it in several places and is named once.
  const users = new Map(faults.map((fault) => [fault.field.split('.', 2).join('.'), fault]));
  return (
    <ul>
      {[...users].map(([key, fault]) => (
        <li key={key}>
          <User fault={fault} />
        </li>
      ))}
    </ul>
  );
}

/** The desk names it as kind, id and field; without these its own words are shown. */
function User({ fault }: { fault: Fault }) {
  const { t } = useTranslation();
  const [kind = '', id] = fault.field.split('.');
  const translate = t as (key: string, options: { defaultValue: string }) => string;
  const place = translate(`setup.kinds.${kind}`, { defaultValue: '' });
  if (!place || id === undefined) return fault.message;
  return <Named kind={kind.replaceAll('_', '-') as SettingKind} id={id} place={place} />;
}

function Named({ kind, id, place }: { kind: SettingKind; id: string; place: string }) {
  const { t } = useTranslation();
  const name = useChoices(kind).find(({ value }) => value === id)?.label ?? id;
  const words = t('setup.neededBy', { place, id: name });
  const page = PAGES[kind] ?? kind;
  if (!setupPage(page)) return words;
  return (
    <Link to="/setup/$page/$entry" params={{ page, entry: id }} className={classes.user}>
      {words}
    </Link>
  );
}
