import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const chromium = playwright({
  launchOptions: {
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  },
});

// Tests wait for the thing itself; the limit is only there to fail, also on a machine that is busy.
const patient = { testTimeout: 60_000, hookTimeout: 60_000, globalSetup: 'test/server/setup.ts' };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...patient,
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts'],
        },
      },
      {
        test: {
          ...patient,
          name: 'chromium',
          include: ['test/stream/*.test.ts', 'test/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            provider: chromium,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
