// Pages that no other journey stops at: one look at each, for accessibility, for width, and with a picture.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { be } from '../fixtures/faces.ts';
import { axe, expect, lawful, shoot, test } from '../fixtures/test.ts';

test.use({ demo: true });

async function look(page: Page, path: string, status = 200): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(status);
  await expect(page.locator('h1'), path).toHaveCount(1);
  await lawful(page);
  await axe(page);
  await shoot(page, `look${path.replaceAll(/[^a-z]+/g, '-')}`);
}

// A theme and a width at a time are axe's own business; without scripts it is the same HTML, and axe can't run.
for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test('what strangers come across @js', async ({ page, tolerate }) => {
      test.setTimeout(420_000);
      tolerate(/status of 404/);
      const paths = ['/code', '/sign-in/link?t=nothing', '/legal/imprint', '/join', '/join/waiting', '/consent/neutral'];
      // The other language has other words and the same shapes.
      if (lang === 'de') {
        paths.push('/legal/privacy', '/legal/terms', '/join/sent', '/consent/refused', '/consent/erased', '/dev/mail');
      }
      for (const path of paths) {
        await look(page, path);
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
      }
      await look(page, '/r/nobody-at-all', 404);
      await look(page, '/my/nothing', 404);
      await look(page, '/join/confirm/nothing', 404);
      await look(page, '/join/gone', 404);
    });
  });
}

test('what an advocate comes across, and where they may not go @js', async ({ page, tolerate }) => {
  test.setTimeout(300_000);
  tolerate(/status of 40[34]/);
  await be(page, /Empfehlende/);
  for (const path of ['/share', '/tiers', '/referrals']) await look(page, path);
  const referral = await page.locator('main a[href^="/referrals/"]').first().getAttribute('href');
  await look(page, referral!);
  await look(page, '/manage/settings', 403);
  await look(page, '/no/such/page', 404);
});

test('what staff edit @js', async ({ page }) => {
  test.setTimeout(300_000);
  await be(page, /Programmleitung/);
  for (const path of ['/manage/program', '/manage/incentives/new', '/manage/features', '/manage/features/new', '/manage/segments', '/manage/segments/new', '/manage/campaigns', '/manage/campaigns/new']) await look(page, path);
  await page.goto('/manage/features');
  const feature = await page.locator('main th a').last().getAttribute('href');
  await look(page, feature!);
  for (const list of ['/manage/segments', '/manage/campaigns']) {
    await page.goto(list);
    const one = await page.locator('main th a').first().getAttribute('href');
    await look(page, one!);
  }
  await be(page, /Administration/);
  await look(page, '/manage/keys');
  for (const kind of ['imprint', 'privacy', 'terms']) await look(page, `/manage/legal/${kind}`);
});

test('a mail that is no longer wanted ends by the link at its foot', async ({ page, context }) => {
  await page.goto('/dev/mail');
  const mails = (await page.locator('pre.mail').allTextContents()).join('\n');
  const link = /https?:\/\/[^\s]+(\/mail\/[^\s]+\/stop\/[^\s]+)/.exec(mails);
  expect(link, 'a mail that can be done without').not.toBeNull();
  // Whoever reads the mail is signed in nowhere.
  await context.clearCookies();
  await look(page, link![1]!);
  await page.locator('main form [type=submit]').click();
  await expect(page.locator('h1')).toHaveCount(1);
  await axe(page);
  await shoot(page, 'look-mail-stopped');
});

test('a database that can’t be written is said on a page that can be read @js', async ({ page, portal, tolerate }) => {
  tolerate(/status of 500/);
  await page.goto('/sign-in');
  // Somebody else's hand on the file: reading goes on, nothing can be written.
  const lock =
    'import sqlite3, sys\n' +
    'held = sqlite3.connect(sys.argv[1], isolation_level=None)\n' +
    "held.execute('BEGIN IMMEDIATE')\n" +
    "print('held', flush=True)\n" +
    'sys.stdin.read()\n';
  const hand = spawn('python3', ['-c', lock, join(portal.dataDir, 'dreiklang.db')], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    await once(hand.stdout, 'data');
    await page.locator('input[name=email]').fill('somebody@kunde.example');
    await page.locator('form:has(input[name=email]) [type=submit]').first().click();
    await expect(page.locator('h1')).toHaveText('Das hat nicht geklappt', { timeout: 30_000 });
    await axe(page);
    await shoot(page, 'look-failed');
  } finally {
    const ended = once(hand, 'exit');
    hand.stdin.end();
    await ended;
  }
  await page.goto('/sign-in');
  await page.locator('input[name=email]').fill('somebody@kunde.example');
  await page.locator('form:has(input[name=email]) [type=submit]').first().click();
  await expect(page.locator('input[name=code]')).toBeVisible();
});
