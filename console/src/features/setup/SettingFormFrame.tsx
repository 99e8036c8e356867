import { Button, Group } from '@mantine/core';
import { useEffect, useRef, type ReactNode, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingKind } from '../../api/settings';
import { LeaveGuard } from './LeaveGuard';
import { NeededBy } from './NeededBy';
import classes from './Setup.module.css';
import { Sure } from './Sure';
import type { SettingForm } from './useSettingForm';

interface Props<K extends SettingKind> {
  form: SettingForm<K>;
  /** What is asked before it is removed; without it there is no such button. */
  removeQuestion?: string;
  onCancel?: () => void;
  children: ReactNode;
}

/** What every form of the set-up has: refusals, the way out of a clash, saving, removing. */
export function SettingFormFrame<K extends SettingKind>(props: Props<K>) {
  const { form, removeQuestion, onCancel, children } = props;
  const { t } = useTranslation();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    // What a field could not read is not in the setting: saving would silently leave it out.
    const unread = event.currentTarget.querySelector<HTMLElement>('[data-wrong]');
    if (unread) unread.focus();
    else form.save();
  };
  return (
    <form className={classes.setting} noValidate onSubmit={submit}>
      <LeaveGuard isChanged={form.isChanged} />
      <Refusal form={form} />
      <Warnings form={form} />
      {children}
      <div className={classes.actions}>
        <Button type="submit" loading={form.isBusy} disabled={!form.isChanged && !form.isNew}>
          {t('setup.save')}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('setup.cancel')}
          </Button>
        )}
        <span className={classes.dim} role="status">
          {form.isChanged && !form.isBusy ? t('setup.unsaved') : ''}
        </span>
        {removeQuestion !== undefined && !form.isNew && (
          <div className={classes.remove}>
            <Sure question={removeQuestion} onSure={form.remove}>
              {t('setup.remove')}
            </Sure>
          </div>
        )}
      </div>
    </form>
  );
}

/** What was saved and will hardly be meant; it takes the focus and stays until it is read. */
function Warnings<K extends SettingKind>({ form }: { form: SettingForm<K> }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const { warnings, readWarnings } = form;
  useEffect(() => {
    if (warnings.length) box.current?.focus();
  }, [warnings]);
  if (!warnings.length) return null;
  return (
    <div ref={box} className={classes.warned} role="alert" tabIndex={-1}>
      <strong>{t('setup.warned')}</strong>
      <ul>
        {warnings.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <Button size="compact-sm" variant="default" onClick={readWarnings}>
        {t('setup.warningsRead')}
      </Button>
    </div>
  );
}

/** Why nothing was saved, above the form; it takes the focus, so that it is read. */
function Refusal<K extends SettingKind>({ form }: { form: SettingForm<K> }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const { faults, neededBy, problem, isStale, isBusy } = form;
  const isRefused = !isBusy && (isStale || Boolean(problem ?? faults[0] ?? neededBy[0]));
  useEffect(() => {
    if (isRefused) box.current?.focus();
  }, [isRefused]);
  if (!isRefused) return null;
  const said = problem ? [problem] : faults.map(({ message }) => message);
  return (
    <div ref={box} className={classes.refusal} role="alert" tabIndex={-1}>
      {isStale ? (
        <>
          <strong>{t('setup.stale')}</strong>
          <p>{t('setup.staleAdvice')}</p>
          <Group gap={8}>
            <Button size="compact-sm" variant="default" onClick={form.takeTheirs}>
              {t('setup.takeTheirs')}
            </Button>
            {form.mayOverwrite && (
              <Button size="compact-sm" variant="default" onClick={form.overwrite}>
                {t('setup.overwrite')}
              </Button>
            )}
          </Group>
        </>
      ) : neededBy.length > 0 ? (
        <>
          <strong>{t('setup.needed')}</strong>
          <NeededBy faults={neededBy} />
        </>
      ) : (
        <>
          <strong>{t('setup.notSaved')}</strong>
          <ul>
            {[...new Set(said)].map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
