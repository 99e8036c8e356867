import { Button, Group, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Asks before a page with unsaved changes is left, by whatever way. */
export function LeaveGuard({ isChanged }: { isChanged: boolean }) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isChanged,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={t('setup.leave')}
      size="sm"
    >
      <p>{t('setup.leaveAdvice')}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => proceed?.()}>
          {t('setup.throwAway')}
        </Button>
        <Button data-autofocus onClick={() => reset?.()}>
          {t('setup.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
