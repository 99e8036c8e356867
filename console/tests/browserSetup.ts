import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the demo is served, without a slash at the end. */
    site: string;
    /** Where the browser takes orders. */
    browser: string;
  }
}

const BROWSERS = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

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

/** One server of the built demo and one browser for all files; `npm run test:browser` builds it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await preview({
    build: { outDir: 'dist-demo' },
    // Any port that is free: several runs may share a machine.
    preview: { host: 'localhost', port: 0, headers: STRICT },
  });
  const browser = await chromium.launchServer({
    executablePath: browserPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const [url] = server.resolvedUrls?.local ?? [];
  if (!url) throw new Error('The demo is not served.');
  project.provide('site', new URL(url).origin);
  project.provide('browser', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await server.close();
  };
}

function browserPath(): string {
  const found = BROWSERS.find((path) => path && existsSync(path));
  if (!found) throw new Error('No Chromium found: install it, or name it in CHROMIUM.');
  return found;
}
