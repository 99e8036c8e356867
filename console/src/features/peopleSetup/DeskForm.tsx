import { ColorInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../setup/formProps';
import classes from '../setup/Setup.module.css';
import { DeskPreview } from './DeskPreview';
import { LanguagesField } from './LanguagesField';

const SWATCHES = ['#2f5bd0', '#0f766e', '#15803d', '#b45309', '#b91c1c', '#9d174d', '#6d28d9'];

/** What customers see of the desk: its name, its colour, its languages. */
export function DeskForm({ form }: FormProps<'desk'>) {
  const { value: setting, change, fault: faultOf } = form;
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.short}>
        <TextInput
          label={t('peopleSetup.desk.name')}
          maxLength={120}
          value={setting.name}
          error={faultOf('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <ColorInput
          label={t('peopleSetup.desk.accent')}
          description={t('peopleSetup.desk.accentHint')}
          format="hex"
          swatches={SWATCHES}
          eyeDropperButtonProps={{ 'aria-label': t('peopleSetup.desk.pick') }}
          value={setting.accent}
          error={faultOf('accent')}
          onChange={(accent) => change({ accent })}
        />
        <TextInput
          label={t('peopleSetup.desk.logo')}
          description={t('peopleSetup.desk.logoHint')}
          placeholder="https://"
          value={setting.logo_url}
          error={faultOf('logo_url')}
          onChange={(event) => change({ logo_url: event.currentTarget.value.trim() })}
        />
        <LanguagesField
          languages={setting.languages}
          fault={faultOf('languages')}
          onChange={(languages) => change({ languages })}
        />
      </div>
      <DeskPreview profile={setting} />
    </>
  );
}
