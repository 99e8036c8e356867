import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The API answers under the same origin; while developing, requests go to a desk that runs locally.
const DESK = process.env.DESK_URL ?? 'http://localhost:8000';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  server: { port: 5200, proxy: { '/api': DESK } },
  preview: { port: 5201 },
  build: {
    // Inlined files would be data: URLs, which the desk's Content-Security-Policy refuses as fonts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'mantine', test: /node_modules\/(@mantine|@floating-ui|clsx)\// },
            { name: 'tanstack', test: /node_modules\/@tanstack\// },
          ],
        },
      },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        oxc: { jsx: { runtime: 'automatic', development: false } },
        test: {
          name: 'unit',
          environment: 'jsdom',
          include: ['src/**/*.test.{ts,tsx}'],
          // One page for all files: loading React, the components and the icons anew costs more than a test.
          isolate: false,
          maxWorkers: 2,
          setupFiles: ['tests/react.ts', 'tests/setup.ts'],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browserSetup.ts'],
          // One page for all files.
          isolate: false,
          fileParallelism: false,
          // Nothing here is timed; a limit only ends what hangs.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 120_000, interval: 100 } },
        },
      },
    ],
  },
});
