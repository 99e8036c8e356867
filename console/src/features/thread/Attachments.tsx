import { IconDownload, IconFile, IconFileTypePdf, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import type { Attachment } from '../../api/types';
import { sayProblem } from '../../app/say';
import classes from './Attachments.module.css';
import { fileSize } from './fileSize';

function iconOf({ content_type }: Attachment) {
  if (content_type.startsWith('image/')) return IconPhoto;
  return content_type === 'application/pdf' ? IconFileTypePdf : IconFile;
}

interface Props {
  number: number;
  message: string;
  files: Attachment[];
}

export function Attachments({ number, message, files }: Props) {
  const { t, i18n } = useTranslation();
  const desk = useDesk();
  const download = async (file: Attachment): Promise<void> => {
    try {
      const { url } = await desk.attachment(number, message, file.id);
      const link = document.createElement('a');
      link.href = url;
      link.download = file.filename;
      link.rel = 'noopener noreferrer';
      link.click();
    } catch (error) {
      sayProblem(error, t);
    }
  };
  return (
    <ul className={classes.files} aria-label={t('thread.files')}>
      {files.map((file) => {
        const Icon = iconOf(file);
        const size = fileSize(file.size, i18n.language);
        return (
          <li key={file.id}>
            <button type="button" className={classes.file} onClick={() => void download(file)}>
              <Icon size={16} aria-hidden />
              <span className="visually-hidden">{t('thread.download')} </span>
              <span className={classes.name}>{file.filename}</span>
              <span className={classes.size}>{size}</span>
              <IconDownload size={14} aria-hidden className={classes.arrow} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
