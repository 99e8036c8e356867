import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { breachesQuery } from '../../api/queries';
import { PaneHeader } from '../../app/PaneHeader';
import { sayProblem } from '../../app/say';
import { useMe } from '../people/useNames';
import { MoreButton } from '../setup/MoreButton';
import { Standing } from '../setup/Standing';
import { useNow } from '../time/useNow';
import classes from './Breaches.module.css';
import { BreachTable } from './BreachTable';
import { daysOf, instantsOf, PERIODS, type PeriodName } from './periods';

/** The promises that were missed in a period, each with its proof. */
export function Breaches({ onRail }: { onRail: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const today = new Date(useNow());
  const [name, setName] = useState<PeriodName>('days30');
  const [own, setOwn] = useState(() => daysOf('days30', today));
  const [department, setDepartment] = useState('');
  const title = t('reports.breaches.title');
  useEffect(() => {
    document.title = `${title} · ${me.desk_name}`;
  }, [title, me.desk_name]);
  const instants = instantsOf(name === 'own' ? own : daysOf(name, today));
  const departments = me.all_departments.filter(
    (one) => me.role === 'administrator' || me.departments.includes(one.id),
  );
  if (me.role !== 'administrator' && me.role !== 'supervisor')
    return <p role="alert">{t('problem.notAllowed')}</p>;
  return (
    <main className={classes.pane} aria-label={title}>
      <PaneHeader title={title} onRail={onRail} />
      <div className={classes.scroll}>
        <div className={classes.column}>
          <p className={classes.lead}>{t('reports.breaches.lead')}</p>
          <div className={classes.bar}>
            <NativeSelect
              label={t('reports.period')}
              value={name}
              data={PERIODS.map((one) => ({ value: one, label: t(`reports.periods.${one}`) }))}
              onChange={(event) => setName(event.currentTarget.value as PeriodName)}
            />
            {name === 'own' && (
              <>
                <TextInput
                  type="date"
                  label={t('reports.first')}
                  value={own.first}
                  error={instants === null}
                  onChange={(event) => setOwn({ ...own, first: event.currentTarget.value })}
                />
                <TextInput
                  type="date"
                  label={t('reports.last')}
                  value={own.last}
                  error={instants ? undefined : t('reports.noPeriod')}
                  onChange={(event) => setOwn({ ...own, last: event.currentTarget.value })}
                />
              </>
            )}
            <NativeSelect
              label={t('reports.department')}
              value={department}
              data={[
                { value: '', label: t('reports.everyDepartment') },
                ...departments.map(({ id, name: label }) => ({ value: id, label })),
              ]}
              onChange={(event) => setDepartment(event.currentTarget.value)}
            />
          </div>
          {instants && <Lines {...instants} department={department} />}
        </div>
      </div>
    </main>
  );
}

function Lines(period: { from: string; to: string; department: string }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const found = useInfiniteQuery(breachesQuery(desk, period));
  const [isLoading, setLoading] = useState(false);
  const lines = found.data?.pages.flatMap((page) => page.breaches) ?? [];

  async function download(): Promise<void> {
    setLoading(true);
    try {
      const days = `${period.from.slice(0, 10)}-${period.to.slice(0, 10)}`;
      save(await desk.reports.breachTable(period), `breaches-${days}.csv`);
    } catch (error) {
      sayProblem(error, t);
    } finally {
      setLoading(false);
    }
  }

  return (
    <Standing
      isPending={found.isPending}
      error={found.error}
      isEmpty={!lines.length}
      onAgain={() => void found.refetch()}
      empty={{ title: t('reports.breaches.none'), advice: t('reports.breaches.noneAdvice') }}
    >
      <BreachTable breaches={lines} />
      <div className={classes.bar}>
        <MoreButton list={found} />
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={isLoading}
          onClick={() => void download()}
        >
          {t('reports.download')}
        </Button>
      </div>
    </Standing>
  );
}

function save(table: string, name: string): void {
  // Spreadsheets take a table without this mark for one in an old encoding.
  const address = URL.createObjectURL(new Blob(['\uFEFF', table], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
