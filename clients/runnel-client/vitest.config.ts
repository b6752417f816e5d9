import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Tests wait for the thing itself; the limit is only there to fail, also on a machine that is busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['test/**/*.test.ts'],
  },
});
