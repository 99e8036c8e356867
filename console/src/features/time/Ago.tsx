import { useTranslation } from 'react-i18next';
import { ago, exact } from './format';
import { useNow } from './useNow';

/**
 * How long ago, with the exact moment on hover. It stands in pages by the dozen, so the hint is the
 * browser's own: a floating one for each would cost more than all the rest of a row.
 */
export function Ago({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  return (
    <time dateTime={at} className="tabular" title={exact(at, i18n.language)}>
      {ago(at, now, i18n.language)}
    </time>
  );
}
