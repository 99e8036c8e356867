/**
 * Sets the chosen colours before the first paint. The usual inline script in the page is what the
 * desk's Content-Security-Policy refuses; this module runs before the interface is drawn instead.
 */
const chosen = localStorage.getItem('mantine-color-scheme-value') ?? 'auto';
const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
const scheme = chosen === 'auto' ? (isDark ? 'dark' : 'light') : chosen;
document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
