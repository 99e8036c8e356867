import { Radio, Select, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';
import { durationInWords } from '../promises/duration';
import type { FormProps } from '../setup/formProps';
import { useChoices } from '../setup/useChoices';
import classes from './Members.module.css';

const STRATEGIES = ['round_robin', 'least_loaded', 'by_skill', 'manual'] as const;
const FALLBACKS = ['queue', 'anyone'] as const;

/** How the tickets of a department find who answers them. */
export function DealingFields({ form }: FormProps<'departments'>) {
  const { value: setting, change, fault } = form;
  const { t } = useTranslation();
  const calendars = useChoices('calendars');
  const deals = setting.strategy !== 'manual';
  return (
    <>
      <Radio.Group
        label={t('peopleSetup.dealing.strategy')}
        value={setting.strategy}
        error={fault('strategy')}
        onChange={(wanted) =>
          change({ strategy: STRATEGIES.find((one) => one === wanted) ?? 'round_robin' })
        }
      >
        <Stack gap={8} mt={6}>
          {STRATEGIES.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`peopleSetup.dealing.strategies.${value}.name`)}
              description={t(`peopleSetup.dealing.strategies.${value}.words`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {setting.strategy === 'by_skill' && (
        <Radio.Group
          label={t('peopleSetup.dealing.fallback')}
          value={setting.skill_fallback}
          error={fault('skill_fallback')}
          onChange={(wanted) =>
            change({ skill_fallback: FALLBACKS.find((one) => one === wanted) ?? 'queue' })
          }
        >
          <Stack gap={8} mt={6}>
            {FALLBACKS.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`peopleSetup.dealing.fallbacks.${value}.name`)}
                description={t(`peopleSetup.dealing.fallbacks.${value}.words`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {deals && (
        <Switch
          label={t('peopleSetup.dealing.keep')}
          description={t('peopleSetup.dealing.keepHint')}
          checked={setting.keep_with_last_agent}
          onChange={(event) => change({ keep_with_last_agent: event.currentTarget.checked })}
        />
      )}
      <Select
        label={t('peopleSetup.dealing.hours')}
        description={t('peopleSetup.dealing.departmentHours')}
        data={[{ value: '', label: t('peopleSetup.dealing.always') }, ...calendars]}
        value={setting.calendar_id}
        error={fault('calendar_id')}
        allowDeselect={false}
        onChange={(value) => change({ calendar_id: value ?? '' })}
      />
      <Release />
    </>
  );
}

/** When tickets leave who is away: the same for every department, so it is only told here. */
function Release() {
  const { t } = useTranslation();
  const { data } = useQuery(settingsQuery(useDesk(), 'assignment-rules'));
  if (!data) return null;
  const minutes = data[0]?.setting.release_after_minutes ?? null;
  return (
    <div>
      <div className={classes.label}>{t('peopleSetup.dealing.away')}</div>
      <p className={classes.dim}>
        {minutes === null
          ? t('peopleSetup.dealing.staysWords')
          : t('peopleSetup.dealing.releasedWords', { span: durationInWords(minutes, t) })}{' '}
        <Link to="/setup/$page" params={{ page: 'assignment' }}>
          {t('peopleSetup.dealing.change')}
        </Link>
      </p>
    </div>
  );
}
