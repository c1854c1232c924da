import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    globalSetup: 'tests/serve-builds.ts',
    include: ['tests/**/*.test.ts'],
    // One more than cores: on each, tests wait for servers, timers and browsers a seventh of the time.
    maxWorkers: availableParallelism() + 1,
    // Modules keep no state between tests, so files of one worker share them: each would load the AWS clients anew.
    isolate: false,
    // In a small nursery, most of what a thousand schedules make is copied several times before it is garbage.
    execArgv: ['--max-semi-space-size=64', '--min-semi-space-size=64'],
    // These end what hangs. They are far above what anything takes, so that no test measures the machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
  },
});
