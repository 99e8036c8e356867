import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one colour of actions. Everything else that is coloured carries a meaning (tokens.css). */
const accent: MantineColorsTuple = [
  '#eef3ff',
  '#dbe4fb',
  '#b5c7f4',
  '#8ca8ed',
  '#6a8de7',
  '#4a73de',
  '#2f5bd0',
  '#274db3',
  '#213f92',
  '#1b3371',
];

/** Mantine's own dark surfaces, from text to ground, in the hue of ours (tokens.css). */
const dark: MantineColorsTuple = [
  '#e6e9ef',
  '#c3cad6',
  '#a0a9b8',
  '#7b8494',
  '#3c434f',
  '#2f3540',
  '#22262e',
  '#1a1d23',
  '#16181d',
  '#111317',
];

const TITLE = { title: { fontSize: '1rem', fontWeight: 620 } };

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  colors: { accent, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 'xs' } },
    // The placeholder that takes the first focus is no menu item, and menus may hold nothing else.
    Menu: {
      defaultProps: {
        shadow: 'md',
        withInitialFocusPlaceholder: false,
        transitionProps: { duration: 100 },
      },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.4 },
        padding: 'lg',
        centered: true,
      },
      styles: TITLE,
    },
    // Below a title the library's grey is too faint to be read.
    Notification: { styles: { description: { color: 'var(--text-dim)' } } },
    Drawer: {
      defaultProps: {
        transitionProps: { duration: 140 },
        overlayProps: { backgroundOpacity: 0.4 },
      },
      styles: TITLE,
    },
  },
});
