import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';

const PORT = 5214;
const BROWSERS = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export interface Demo {
  open(path: string, look: Look): Promise<Page>;
  stop(): Promise<void>;
}

export interface Look {
  width: number;
  height: number;
  scheme: 'light' | 'dark';
}

/** The built demo in a real browser; `npm run test:browser` builds it first. */
export async function startDemo(): Promise<Demo> {
  const server = await preview({
    build: { outDir: 'dist-demo' },
    preview: { port: PORT, strictPort: true, headers: STRICT },
  });
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  return { open: (path, look) => openPage(browser, path, look), stop: () => stop(server, browser) };
}

/** What the desk's distribution sends; the console has to live with it. */
const STRICT = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; '),
};

function browserPath(): string {
  const found = BROWSERS.find((path) => path && existsSync(path));
  if (!found) throw new Error('No Chromium found: install it, or name it in CHROMIUM.');
  return found;
}

async function openPage(browser: Browser, path: string, look: Look): Promise<Page> {
  const { width, height, scheme } = look;
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  await page.goto(`http://localhost:${PORT}/console${path}`);
  return page;
}

async function stop(server: PreviewServer, browser: Browser): Promise<void> {
  await browser.close();
  await server.close();
}
