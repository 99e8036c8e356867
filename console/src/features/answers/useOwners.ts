import { useTranslation } from 'react-i18next';
import { useMe } from '../people/useNames';

const DEPARTMENT = 'department:';

/** Whose words can be: everybody's, a department's, one's own. */
export function useOwners() {
  const { t } = useTranslation();
  const me = useMe();
  const own = `agent:${me.id}`;
  const departments = me.all_departments.map(({ id, name }) => ({ value: DEPARTMENT + id, name }));
  const nameOf = (owner: string): string => {
    if (owner === 'desk') return t('answers.everybody');
    if (owner === own) return t('answers.mine');
    return departments.find(({ value }) => value === owner)?.name ?? owner;
  };
  const isMine = (owner: string): boolean => me.departments.some((id) => owner === DEPARTMENT + id);
  const isLead = me.role === 'supervisor';
  /** Those whose words this person may change; the desk has the last word. */
  const choices = [
    ...(me.role === 'administrator' ? ['desk', ...departments.map(({ value }) => value)] : []),
    ...(isLead ? departments.map(({ value }) => value).filter(isMine) : []),
    own,
  ].map((value) => ({ value, label: nameOf(value) }));
  const order = ['desk', ...departments.map(({ value }) => value), own];
  return { own, choices, nameOf, placeOf: (owner: string) => order.indexOf(owner) };
}
