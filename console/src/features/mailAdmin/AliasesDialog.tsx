import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mailbox } from '../../api/adminDesk';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import { problemText, say } from '../../app/say';

interface Props {
  /** Undefined while the dialog is closed. */
  mailbox: Mailbox | undefined;
  onClose: () => void;
}

export function AliasesDialog({ mailbox, onClose }: Props) {
  const { t } = useTranslation();
  const address = mailbox?.setting.address ?? '';
  return (
    <Modal
      opened={mailbox !== undefined}
      onClose={onClose}
      title={t('mail.mailboxes.editOf', { address })}
    >
      {mailbox && <Form mailbox={mailbox} onDone={onClose} />}
    </Modal>
  );
}

function Form({ mailbox, onDone }: { mailbox: Mailbox; onDone: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState((mailbox.setting.aliases ?? []).join('\n'));
  const save = useSaveAliases(mailbox);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    save.mutate(text.split(/[\s,;]+/).filter(Boolean), { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        data-autofocus
        autosize
        minRows={4}
        maxRows={12}
        label={t('mail.mailboxes.aliases')}
        description={t('mail.mailboxes.aliasesHint')}
        value={text}
        error={save.error ? problemText(save.error, t) : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onDone}>
          {t('newTicket.cancel')}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t('mail.rules.save')}
        </Button>
      </Group>
    </form>
  );
}

export function useSaveAliases({ setting, version }: Mailbox) {
  const { t } = useTranslation();
  const { admin } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (aliases: string[]) =>
      admin.saveMailbox({ version, setting: { ...setting, aliases } }),
    onSuccess: () => say(t('mail.rules.saved')),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.mailboxes }),
  });
}
