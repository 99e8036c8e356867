import { ActionIcon, Tooltip } from '@mantine/core';
import { IconDeviceFloppy, IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { savedViewQuery } from '../../api/queries';
import type { ListFilter, ViewId } from '../../api/types';
import { sayProblem } from '../../app/say';
import { useMe } from '../people/useNames';
import { newOwnId, partsOf, viewOf } from './ownView';
import { useSavedViews } from './useView';
import { ViewDialog, type Draft } from './ViewDialog';

/** Beside a list: keep it as a view of one's own; or change the one that it is. */
export function ViewMenu({ view, filter }: { view: ViewId; filter: ListFilter }) {
  const { t } = useTranslation();
  const me = useMe();
  const desk = useDesk();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft | null>(null);
  const saved = useSavedViews().find(({ id }) => id === view);
  const isOwn = saved?.personal ?? false;
  const label = t(isOwn ? 'savedViews.edit' : 'savedViews.saveAs');
  const open = async (): Promise<void> => {
    if (!saved) {
      setDraft({ id: newOwnId(), version: 0, view: viewOf(view, filter, me.id) });
      return;
    }
    try {
      const found = await queries.query({ ...savedViewQuery(desk, view), staleTime: 0 });
      const parts = partsOf(found);
      if (isOwn) setDraft({ id: view, version: found.version, view: parts });
      else setDraft({ id: newOwnId(), version: 0, view: { ...parts, name: '' } });
    } catch (error) {
      sayProblem(error, t);
    }
  };
  const Icon = isOwn ? IconPencil : IconDeviceFloppy;
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => void open()}>
          <Icon size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <ViewDialog draft={draft} onClose={() => setDraft(null)} />
    </>
  );
}
