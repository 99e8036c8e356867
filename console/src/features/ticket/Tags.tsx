import { ActionIcon, Popover, TagsInput } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import classes from './Tags.module.css';

interface Props {
  tags: string[];
  canChange: boolean;
  onChange: (tags: string[]) => void;
}

const MOST = 20;

export function Tags({ tags, canChange, onChange }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [edited, setEdited] = useState<string[]>(tags);
  const [sought, setSought] = useState('');
  const suggested = useTagSuggestions(sought, isOpen);
  const close = (): void => {
    setOpen(false);
    if (edited.join() !== tags.join()) onChange(edited);
  };
  return (
    <span className={classes.tags}>
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      {canChange && (
        <Popover opened={isOpen} onDismiss={close} width={280} trapFocus returnFocus>
          <Popover.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('ticket.editTags')}
              onClick={() => {
                setEdited(tags);
                if (isOpen) close();
                else setOpen(true);
              }}
            >
              <IconTag size={15} aria-hidden />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <TagsInput
              label={t('ticket.tags')}
              description={t('ticket.tagsHint')}
              data-autofocus
              maxTags={MOST}
              splitChars={[',', ' ']}
              data={suggested}
              searchValue={sought}
              onSearchChange={setSought}
              comboboxProps={{ withinPortal: false }}
              value={edited}
              onChange={(next) => setEdited(next.map((tag) => tag.toLowerCase().slice(0, 50)))}
            />
          </Popover.Dropdown>
        </Popover>
      )}
    </span>
  );
}

/** Tags that were given before, most used first; typing goes on while they are asked for. */
function useTagSuggestions(prefix: string, enabled: boolean): string[] {
  const desk = useDesk();
  const wanted = prefix.trim().toLowerCase();
  const { data } = useQuery({
    queryKey: keys.tags(wanted),
    queryFn: () => desk.vocabulary.tags(wanted),
    enabled,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
  return data ?? [];
}
