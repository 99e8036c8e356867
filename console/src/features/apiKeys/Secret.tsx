import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Secret.module.css';

interface Props {
  secret: string;
  onDone: () => void;
}

/** A secret that is shown this once, to be taken to where it is kept. */
export function Secret({ secret, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.secret}>
      <p className={classes.words}>{t('apiKeys.once')}</p>
      <TextInput
        data-autofocus
        readOnly
        label={t('apiKeys.secret')}
        classNames={{ input: classes.text ?? '' }}
        value={secret}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button onClick={copy} aria-live="polite">
              {t(copied ? 'apiKeys.copied' : 'apiKeys.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onDone}>
          {t('apiKeys.have')}
        </Button>
      </Group>
    </div>
  );
}
