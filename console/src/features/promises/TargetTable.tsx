import { useTranslation } from 'react-i18next';
import type { Setting } from '../../api/settings';
import type { Priority } from '../../api/types';
import { FieldGroup } from '../setup/FieldGroup';
import { DurationInput } from './DurationInput';
import classes from './TargetTable.module.css';

type Minutes = Setting<'sla-policies'>['minutes'];
const FROM_URGENT: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];
const TARGETS = ['first_response', 'next_response', 'resolution'] as const;
type Target = (typeof TARGETS)[number];

interface Props {
  minutes: Minutes;
  onChange: (minutes: Minutes) => void;
  fault: (field: string) => string | undefined;
  /** What is wrong with the table as a whole. */
  wrong: string | undefined;
}

/** What is promised: business time by priority and target; an empty cell promises nothing. */
export function TargetTable({ minutes, onChange, fault, wrong }: Props) {
  const { t } = useTranslation();
  const set = (priority: Priority, target: Target, wanted: number | undefined): void => {
    const row = withEntry(minutes[priority] ?? {}, target, wanted);
    onChange(withEntry(minutes, priority, Object.keys(row).length ? row : undefined));
  };
  return (
    <FieldGroup
      legend={t('promises.policy.targets')}
      hint={t('promises.policy.targetsHint')}
      fault={wrong}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('ticket.priority')}</th>
            {TARGETS.map((target) => (
              <th key={target} scope="col">
                {t(`target.${target}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FROM_URGENT.map((priority) => (
            <tr key={priority}>
              <th scope="row">{t(`priority.${priority}`)}</th>
              {TARGETS.map((target) => (
                <td key={target}>
                  <span className={classes.inCell} aria-hidden>
                    {t(`target.${target}`)}
                  </span>
                  <DurationInput
                    size="xs"
                    aria-label={t('promises.policy.cell', {
                      priority: t(`priority.${priority}`),
                      target: t(`target.${target}`),
                    })}
                    placeholder={t('promises.policy.noTarget')}
                    minutes={minutes[priority]?.[target]}
                    error={fault(`minutes.${priority}.${target}`)}
                    onChange={(wanted) => set(priority, target, wanted)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </FieldGroup>
  );
}

/** The same with one entry changed; without a value the entry is left out. */
function withEntry<V>(known: Record<string, V>, name: string, value: V | undefined) {
  const others = Object.entries(known).filter(([one]) => one !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
}
