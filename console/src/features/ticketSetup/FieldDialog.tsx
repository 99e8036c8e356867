import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Stored } from '../../api/settings';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { useSettingForm } from '../setup/useSettingForm';
import { blankField } from './blank';
import { FieldForm } from './FieldForm';
import { textIn } from '../setup/languages';
import type { TicketField } from './kinds';

interface Props {
  opened: boolean;
  onClose: () => void;
  onMade: (field: TicketField) => void;
}

/** A new field, made while a type is edited. */
export function FieldDialog({ opened, onClose, onMade }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('ticketSetup.type.newField')}
      closeOnClickOutside={false}
    >
      {/* A form inside of a form's tree: its submit would climb to the outer one. */}
      <div onSubmit={(event) => event.stopPropagation()}>
        <NewField onClose={onClose} onMade={onMade} />
      </div>
    </Modal>
  );
}

function NewField({ onClose, onMade }: Omit<Props, 'opened'>) {
  const stored: Stored<'fields'> = { version: 0, setting: blankField() };
  const form = useSettingForm({
    kind: 'fields',
    stored,
    nameOf: ({ names }) => textIn(names, 'en'),
    onDone: () => {
      onMade(form.value);
      onClose();
    },
  });
  return (
    <SettingFormFrame form={form} onCancel={onClose}>
      <FieldForm form={form} fixed={[]} />
    </SettingFormFrame>
  );
}
