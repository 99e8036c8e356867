import { mergeThemeOverrides, type MantineThemeOverride } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { theme } from './theme';

/** The theme with names, in the reader's language, for the buttons that only show a cross. */
export function useTheme(): MantineThemeOverride {
  const { t } = useTranslation();
  const close = t('app.close');
  return useMemo(() => {
    const withName = (name: 'Modal' | 'Drawer' | 'Notification') => ({
      defaultProps: {
        ...(theme.components?.[name]?.defaultProps as object | undefined),
        closeButtonProps: { 'aria-label': close },
      },
    });
    return mergeThemeOverrides(theme, {
      components: {
        Modal: withName('Modal'),
        Drawer: withName('Drawer'),
        Notification: withName('Notification'),
      },
    });
  }, [close]);
}
