import { Button, FileButton, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ANSWER_KINDS, type Answer, type AnswerKind } from '../../api/answersDesk';
import { useDesk } from '../../api/desk';
import { ApiProblem } from '../../api/problems';
import { keys } from '../../api/queries';
import { problemText, say } from '../../app/say';
import type { DraftFile } from '../composer/drafts';
import { FileChips } from '../composer/FileChips';
import { useUploads } from '../composer/useUploads';
import { StepsEditor } from '../conditions/StepsEditor';
import { LeaveGuard } from '../setup/LeaveGuard';
import setup from '../setup/Setup.module.css';
import { Sure } from '../setup/Sure';
import classes from './Answers.module.css';
import { MACRO_STEPS, VARIABLES } from './variables';
import { useOwners } from './useOwners';

const LONGEST: Readonly<Record<AnswerKind, number>> = {
  canned_message: 2000,
  predefined_answer: 20_000,
  macro: 20_000,
};

/** One ready-made text while it is written. */
export function AnswerForm({ known, onDone }: { known: Answer | null; onDone: () => void }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const queries = useQueryClient();
  const owners = useOwners();
  const [value, setValue] = useState(() => ({
    kind: known?.kind ?? 'canned_message',
    owner: known?.owner ?? owners.own,
    title: known?.title ?? '',
    text: known?.text ?? '',
    folder: known?.folder ?? '',
    steps: known?.steps ?? [],
    kept: (known?.files ?? []).map(({ id, filename, size }) => ({
      upload: id,
      name: filename,
      size,
    })),
    added: [] as DraftFile[],
  }));
  const [begun, setBegun] = useState(() => JSON.stringify(value));
  const [done, setDone] = useState(0);
  const finish = useEffectEvent(onDone);
  // Only when it is drawn as saved: what guards against leaving must have seen it.
  useEffect(() => {
    if (done) finish();
  }, [done]);
  const change = (patch: Partial<typeof value>): void => setValue((now) => ({ ...now, ...patch }));
  const files = [...value.kept, ...value.added];
  const uploads = useUploads(files.length, (file) =>
    setValue((now) => ({ ...now, added: [...now.added, file] })),
  );
  const settled = (words: string): void => {
    void queries.invalidateQueries({ queryKey: keys.answers });
    say(words);
    setBegun(JSON.stringify(value));
    setDone((count) => count + 1);
  };
  const save = useMutation({
    mutationFn: () => {
      const { kind, owner, title, text, folder, steps, kept, added } = value;
      const hasFiles = kind !== 'canned_message';
      const body = {
        title,
        text,
        folder,
        steps: kind === 'macro' ? steps : [],
        files: hasFiles ? kept.map(({ upload }) => upload) : [],
        uploads: hasFiles ? added.map(({ upload }) => upload) : [],
      };
      return known
        ? desk.answers.change(known, body)
        : desk.answers.create({ kind, owner, ...body });
    },
    onSuccess: () => settled(t('setup.saved')),
  });
  const remove = useMutation({
    mutationFn: (answer: Answer) => desk.answers.remove(answer),
    onSuccess: () => settled(t('setup.removed')),
  });
  const error = save.error ?? remove.error;
  const faults = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  const fault = (field: string) =>
    faults.find((one) => one.field === field || one.field.startsWith(`${field}.`))?.message;
  const isChanged = JSON.stringify(value) !== begun;
  const mayChange = known?.may_change ?? true;
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!uploads.isBusy) save.mutate();
  };
  return (
    <form className={setup.setting} noValidate onSubmit={submit}>
      <LeaveGuard isChanged={isChanged} />
      {error && !faults.length && (
        <p className={setup.refusal} role="alert">
          {error instanceof ApiProblem && error.status === 409
            ? t('setup.stale')
            : problemText(error, t)}
        </p>
      )}
      {!mayChange && <p role="status">{t('answers.notYours')}</p>}
      <fieldset className={classes.form} disabled={!mayChange}>
        <div className={classes.bar}>
          <Select
            className={classes.grows}
            label={t('answers.kind')}
            data={ANSWER_KINDS.map((kind) => ({ value: kind, label: t(`answers.kinds.${kind}`) }))}
            value={value.kind}
            disabled={known !== null}
            allowDeselect={false}
            onChange={(kind) => {
              if (kind) change({ kind });
            }}
          />
          <Select
            className={classes.grows}
            label={t('answers.owner')}
            data={
              known ? [{ value: known.owner, label: owners.nameOf(known.owner) }] : owners.choices
            }
            value={value.owner}
            disabled={known !== null}
            error={fault('owner')}
            allowDeselect={false}
            onChange={(owner) => change({ owner: owner ?? owners.own })}
          />
        </div>
        <div className={classes.bar}>
          <TextInput
            className={classes.grows}
            label={t('answers.title')}
            required
            maxLength={120}
            value={value.title}
            error={fault('title')}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          <TextInput
            className={classes.grows}
            label={t('answers.folder')}
            maxLength={60}
            value={value.folder}
            error={fault('folder')}
            onChange={(event) => change({ folder: event.currentTarget.value })}
          />
        </div>
        <Textarea
          label={t('answers.text')}
          description={t('answers.textHint', { example: '{{requester.first_name|}}' })}
          autosize
          minRows={4}
          maxRows={18}
          maxLength={LONGEST[value.kind]}
          value={value.text}
          error={fault('text')}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <Select
          label={t('answers.variable')}
          placeholder={t('answers.variablePlaceholder')}
          data={VARIABLES.map((name) => ({ value: name, label: t(`answers.variables.${name}`) }))}
          value={null}
          onChange={(name) => {
            if (name) change({ text: `${value.text}{{${name.replace('_of_', '.')}}}` });
          }}
        />
        {value.kind === 'macro' && (
          <StepsEditor
            legend={t('answers.steps')}
            without={t('answers.noSteps')}
            value={value.steps}
            faults={faults}
            at="steps"
            allowed={MACRO_STEPS}
            onChange={(steps) => change({ steps })}
          />
        )}
        {value.kind !== 'canned_message' && (
          <div>
            <FileChips
              files={files}
              running={uploads.running}
              onDrop={uploads.drop}
              onRemove={(upload) =>
                change({
                  kept: value.kept.filter((file) => file.upload !== upload),
                  added: value.added.filter((file) => file.upload !== upload),
                })
              }
            />
            <FileButton multiple onChange={(chosen) => uploads.add(chosen)}>
              {(props) => (
                <Button {...props} size="compact-sm" variant="default">
                  {t('answers.attach')}
                </Button>
              )}
            </FileButton>
          </div>
        )}
      </fieldset>
      {mayChange && (
        <div className={setup.actions}>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={(!isChanged && known !== null) || uploads.isBusy}
          >
            {t('setup.save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('setup.cancel')}
          </Button>
          {known && (
            <div className={setup.remove}>
              <Sure
                question={t('setup.sure', { name: known.title })}
                onSure={() => remove.mutate(known)}
              >
                {t('setup.remove')}
              </Sure>
            </div>
          )}
        </div>
      )}
    </form>
  );
}
