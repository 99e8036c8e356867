import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ago, exact } from './format';
import { useNow } from './useNow';

/** How long ago, with the exact moment on hover. */
export function Ago({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  return (
    <Tooltip label={exact(at, i18n.language)}>
      <time dateTime={at} className="tabular">
        {ago(at, now, i18n.language)}
      </time>
    </Tooltip>
  );
}
