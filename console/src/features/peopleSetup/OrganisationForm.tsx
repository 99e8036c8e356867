import { TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../setup/formProps';
import classes from '../setup/Setup.module.css';

/** A customer's house, known by the domains that its people write from. */
export function OrganisationForm({ form }: FormProps<'organisations'>) {
  const { value: setting, change, fault: faultOf } = form;
  const { t } = useTranslation();
  const domainFault = setting.domains
    .map((_, place) => faultOf(`domains.${place}`))
    .find((fault) => fault !== undefined);
  return (
    <div className={classes.short}>
      <TextInput
        data-autofocus
        label={t('peopleSetup.organisation.name')}
        maxLength={120}
        value={setting.name}
        error={faultOf('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TagsInput
        label={t('peopleSetup.organisation.domains')}
        description={t('peopleSetup.organisation.domainsHint')}
        placeholder={setting.domains.length ? '' : 'example.org'}
        value={setting.domains}
        error={faultOf('domains') ?? domainFault}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        onChange={(typed) => change({ domains: typed.map(domainOf) })}
      />
    </div>
  );
}

/** What people write for a domain: with an @, a whole address, in capitals. */
export function domainOf(typed: string): string {
  return typed
    .slice(typed.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
}
