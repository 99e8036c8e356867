import { ActionIcon, Progress } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { fileSize } from '../thread/fileSize';
import type { DraftFile } from './drafts';
import classes from './FileChips.module.css';
import type { Upload } from './useUploads';

interface Props {
  files: DraftFile[];
  running: Upload[];
  onRemove: (upload: string) => void;
  onDrop: (id: string) => void;
}

export function FileChips({ files, running, onRemove, onDrop }: Props) {
  const { t, i18n } = useTranslation();
  if (!files.length && !running.length) return null;
  return (
    <ul className={classes.chips} aria-label={t('composer.files')}>
      {files.map((file) => (
        <li key={file.upload} className={classes.chip}>
          <IconPaperclip size={14} aria-hidden />
          <span className={classes.name}>{file.name}</span>
          <span className={classes.size}>{fileSize(file.size, i18n.language)}</span>
          <Remove name={file.name} onClick={() => onRemove(file.upload)} />
        </li>
      ))}
      {running.map((file) => (
        <li key={file.id} className={classes.chip} data-fault={file.fault ? true : undefined}>
          <span className={classes.name}>{file.name}</span>
          {file.fault ? (
            <span role="alert">{file.fault}</span>
          ) : (
            <Progress
              className={classes.progress}
              value={file.share * 100}
              aria-label={t('composer.uploading', { name: file.name })}
            />
          )}
          <Remove name={file.name} onClick={() => onDrop(file.id)} />
        </li>
      ))}
    </ul>
  );
}

function Remove({ name, onClick }: { name: string; onClick: () => void }) {
  const { t } = useTranslation();
  const label = t('composer.removeFile', { name });
  return (
    <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} onClick={onClick}>
      <IconX size={14} aria-hidden />
    </ActionIcon>
  );
}
