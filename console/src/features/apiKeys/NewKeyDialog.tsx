import { Button, Checkbox, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { SCOPES, type MadeApiKey } from '../../api/apiKeysDesk';
import { useDesk } from '../../api/desk';
import { ApiProblem } from '../../api/problems';
import { keys } from '../../api/queries';
import { problemText } from '../../app/say';
import { freeId } from '../setup/freeId';
import { useChoices } from '../setup/useChoices';
import { Secret } from './Secret';
import { scopeWords } from './words';

interface Props {
  isOpen: boolean;
  /** Ids of the keys that there are. */
  taken: readonly string[];
  onClose: () => void;
}

/** Makes a key, then shows its secret: once, and until somebody says that he has it. */
export function NewKeyDialog({ isOpen, taken, onClose }: Props) {
  const { t } = useTranslation();
  const [made, setMade] = useState<MadeApiKey | null>(null);
  const close = (): void => {
    setMade(null);
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={made ? t('apiKeys.made', { name: made.key.name }) : t('apiKeys.add')}
      // A click beside it would lose the secret for good.
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      withCloseButton={!made}
    >
      {made ? (
        <Secret secret={made.secret} onDone={close} />
      ) : (
        <Form taken={taken} onMade={setMade} onCancel={close} />
      )}
    </Modal>
  );
}

interface FormProps {
  taken: readonly string[];
  onMade: (made: MadeApiKey) => void;
  onCancel: () => void;
}

function Form({ taken, onMade, onCancel }: FormProps) {
  const { t } = useTranslation();
  const { apiKeys } = useDesk();
  const queries = useQueryClient();
  const departments = useChoices('departments');
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [chosen, setChosen] = useState<string[]>([]);
  const [endsOn, setEndsOn] = useState('');
  const make = useMutation({
    mutationFn: () =>
      apiKeys.make(freeId(name, taken), {
        name: name.trim(),
        scopes: SCOPES.filter((scope) => scopes.includes(scope)),
        departments: chosen,
        ends_on: endsOn || null,
      }),
    onSuccess: onMade,
    onSettled: () => queries.invalidateQueries({ queryKey: keys.apiKeys }),
  });
  const faultOf = (field: string) => faultsOf(make.error).find((f) => f.field === field)?.message;
  const isToldByField = ['name', 'scopes', 'departments', 'ends_on'].some(faultOf);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          data-autofocus
          label={t('apiKeys.name')}
          description={t('apiKeys.nameHint')}
          maxLength={120}
          value={name}
          error={faultOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={t('apiKeys.may')}
          value={scopes}
          error={faultOf('scopes')}
          onChange={setScopes}
        >
          <Stack gap={8} mt={6}>
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={scopeWords(scope, t)}
                description={scope}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <MultiSelect
          label={t('apiKeys.departments')}
          description={t('apiKeys.departmentsHint')}
          placeholder={chosen.length ? '' : t('apiKeys.everywhere')}
          data={departments}
          value={chosen}
          error={faultOf('departments')}
          onChange={setChosen}
        />
        <TextInput
          type="date"
          label={t('apiKeys.endsOn')}
          description={t('apiKeys.endsOnHint')}
          value={endsOn}
          error={faultOf('ends_on')}
          onChange={(event) => setEndsOn(event.currentTarget.value)}
        />
        {make.error && !isToldByField && <p role="alert">{problemText(make.error, t)}</p>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('setup.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={!name.trim() || !scopes.length}>
            {t('apiKeys.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function faultsOf(error: Error | null) {
  return error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
}
