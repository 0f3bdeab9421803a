import { defineConfig } from '@playwright/test';
import type { PortalOptions } from './fixtures/test.ts';

/**
 * Three ways through the same journeys:
 *
 * - `js` and `nojs` run every spec on SQLite, since a page must do its work with scripts and without;
 * - `postgres` runs one journey per role (tagged `@postgres`) without scripts and in German: what differs there is the store, not
 *   the page.
 *
 * A test that is about a script is tagged `@js`, one that is about its absence `@nojs`.
 */
export default defineConfig<object, PortalOptions>({
  testDir: 'tests',
  outputDir: 'out/results',
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at the second try has found something: it is repaired, not repeated.
  retries: 0,
  workers: 2,
  // axe looks four times at a page, on two cores that other browsers share: in a slow hour 20 seconds for one page.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./fixtures/closing-line.ts']],
  use: {
    browserName: 'chromium',
    // German is the product's first language; a spec says `test.use({ locale: 'en-GB' })` for the other.
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    // A browser without a screen says so, and is rightly taken for a machine whose clicks do not count.
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    // Half-faded text has half its contrast: axe and screenshots look at pages that have come to rest.
    contextOptions: { reducedMotion: 'reduce' },
    // What can't be pressed for so long never will be: the test then says what, instead of running into its own end.
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // A trace of each test costs a fifth of the run: `TRACE=1 make end2end ARGS=…` where one is needed.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // A browser at rest still calls home; the tests are about our pages, and must pass without a network.
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'js', grepInvert: /@nojs\b/, use: { javaScriptEnabled: true, database: 'sqlite' } },
    { name: 'nojs', grepInvert: /@js\b/, use: { javaScriptEnabled: false, database: 'sqlite' } },
    {
      name: 'postgres',
      grep: /@postgres\b/,
      grepInvert: /@js\b|\ben(-GB)?\b/,
      use: { javaScriptEnabled: false, database: 'postgres' },
    },
  ],
});
