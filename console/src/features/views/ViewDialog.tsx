import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { ApiProblem } from '../../api/problems';
import { keys } from '../../api/queries';
import type { OwnView } from '../../api/savedViews';
import { problemText, say } from '../../app/say';
import type { Fault } from '../setup/faults';
import { Sure } from '../setup/Sure';
import { ViewFields } from './ViewFields';
import classes from './Views.module.css';

export interface Draft {
  id: string;
  /** 0 for a view that is not stored yet. */
  version: number;
  view: OwnView;
}

interface Props {
  /** What is edited; null while the dialog is closed. */
  draft: Draft | null;
  onClose: () => void;
}

/** A view of one's own: new, or as it is stored. */
export function ViewDialog({ draft, onClose }: Props) {
  const { t } = useTranslation();
  const title = t(draft?.version ? 'savedViews.edit' : 'savedViews.saveAs');
  return (
    <Modal opened={draft !== null} onClose={onClose} title={title} size="xl">
      {draft && <Form key={draft.id} draft={draft} onClose={onClose} />}
    </Modal>
  );
}

function Form({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [value, setValue] = useState(draft.view);
  const spread = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: keys.views });
    await queries.invalidateQueries({ queryKey: keys.lists });
  };
  const save = useMutation({
    mutationFn: () => desk.savedViews.save(draft.id, value, draft.version),
    onSuccess: async () => {
      await spread();
      say(t('savedViews.saved', { name: value.name }));
      onClose();
      void navigate({ to: '/lists/$view', params: { view: draft.id } });
    },
  });
  const remove = useMutation({
    mutationFn: () => desk.savedViews.remove(draft.id, draft.version),
    onSuccess: async () => {
      onClose();
      await navigate({ to: '/lists/$view', params: { view: 'to_solve' } });
      await spread();
      say(t('setup.removed'));
    },
  });
  const error = save.error ?? remove.error;
  const faults = faultsOf(save.error, draft.id);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      {error && !faults.some(({ field }) => SHOWN.test(field)) && (
        <p className={classes.problem} role="alert">
          {faults.map(({ message }) => message).join(' ') || problemText(error, t)}
        </p>
      )}
      <ViewFields
        value={value}
        faults={faults}
        onChange={(patch) => setValue((now) => ({ ...now, ...patch }))}
      />
      <div className={classes.actions}>
        <Button type="submit" loading={save.isPending}>
          {t('setup.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('setup.cancel')}
        </Button>
        {draft.version > 0 && (
          <div className={classes.last}>
            <Sure
              question={t('setup.sure', { name: draft.view.name })}
              onSure={() => remove.mutate()}
            >
              {t('setup.remove')}
            </Sure>
          </div>
        )}
      </div>
    </form>
  );
}

/** Fields that show themselves what was refused of them. */
const SHOWN = /^(name|conditions|sort|split|columns)\b/;

/** The desk names the view before the field where conditions do not fit it. */
function faultsOf(error: unknown, id: string): Fault[] {
  if (!(error instanceof ApiProblem)) return [];
  return (error.problem.errors ?? []).map(({ field, message }) => ({
    field: field.startsWith(`${id}.`) ? field.slice(id.length + 1) : field,
    message,
  }));
}
