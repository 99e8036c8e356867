import { Button, useComputedColorScheme } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import type { Message } from '../../api/types';
import { hasOwnColours, hasRemotePictures, mailDocument, type Paper } from './mailDocument';
import classes from './MailFrame.module.css';

const WHITE: Paper = { text: '#1b2130', surface: '#ffffff', link: '#274db3', scheme: 'light' };
const DARK: Paper = { text: '#e6e9ef', surface: '#1a1d23', link: '#9db6f5', scheme: 'dark' };
const NO_PICTURES: ReadonlyMap<string, string> = new Map();

/** A mail's HTML in a frame that runs nothing. */
export function MailFrame({ number, message }: { number: number; message: Message }) {
  const { t } = useTranslation();
  const isDark = useComputedColorScheme('light') === 'dark';
  const [remotePictures, setRemotePictures] = useState(false);
  const [height, setHeight] = useState(() => Math.min(600, 60 + message.text.length / 3));
  const watcher = useRef<ResizeObserver>(undefined);
  const pictures = useInlinePictures(number, message);
  const isPaper = isDark && hasOwnColours(message.html);
  const source = useMemo(() => {
    const paper = isDark && !isPaper ? DARK : WHITE;
    return mailDocument(message.html, paper, { remotePictures, pictures });
  }, [message.html, isDark, isPaper, remotePictures, pictures]);

  const measure = (frame: HTMLIFrameElement): void => {
    const body = frame.contentDocument?.body;
    if (!body) return;
    watcher.current?.disconnect();
    watcher.current = new ResizeObserver(() => setHeight(body.scrollHeight + 2));
    watcher.current.observe(body);
  };
  return (
    <div>
      {hasRemotePictures(message.html) && !remotePictures && (
        <div className={classes.notice}>
          <IconPhoto size={15} aria-hidden />
          <span>{t('thread.picturesOff')}</span>
          <Button size="compact-xs" variant="subtle" onClick={() => setRemotePictures(true)}>
            {t('thread.showPictures')}
          </Button>
        </div>
      )}
      <iframe
        className={isPaper ? classes.paper : classes.frame}
        title={t('thread.mailOf', { name: message.author.name })}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={source}
        style={{ height }}
        onLoad={(event) => measure(event.currentTarget)}
      />
    </div>
  );
}

/** Addresses of the pictures that stand in the text, by content id. They live for a minute. */
function useInlinePictures(number: number, message: Message): ReadonlyMap<string, string> {
  const desk = useDesk();
  const inline = message.attachments.filter(
    (file) => file.content_id && message.html.includes(`cid:${file.content_id}`),
  );
  const { data } = useQuery({
    queryKey: ['pictures', number, message.id],
    enabled: inline.length > 0,
    staleTime: Infinity,
    queryFn: async () => {
      const links = await Promise.all(
        inline.map(async (file) => {
          const link = await desk.attachment(number, message.id, file.id);
          return [file.content_id ?? '', link.url] as const;
        }),
      );
      return new Map(links);
    },
  });
  return data ?? NO_PICTURES;
}
