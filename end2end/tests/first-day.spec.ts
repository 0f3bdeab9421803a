// The first day of a house: every list is empty, and says kindly what it will hold and what to do first.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { axe, expect, firstVisit, shoot, signIn, test } from '../fixtures/test.ts';
import { Portal } from '../fixtures/portal.ts';

/** Pages on which there is nothing to see yet: each must say so, not show an empty frame. */
const EMPTY: Record<string, RegExp> = {
  '/work/board': /keine|nichts|noch/i,
  '/work/referrals': /keine|nichts|noch/i,
  '/work/approvals': /Nichts freizugeben/,
  '/work/deliveries': /Nichts bereitzustellen/,
  '/manage/jobs': /Alle Mails sind abgegangen/,
  '/triple-win': /noch/i,
  '/rewards': /Noch keine Prämie/,
  '/referrals': /noch/i,
};

// A house of its own: others fill the shared one.
test('an empty house is friendly to everybody', async ({ browser, database, tolerate }, { project }) => {
  test.setTimeout(600_000);
  tolerate(/request to elsewhere/);
  const portal = await Portal.start({ database, demo: false });
  const scripts = project.use.javaScriptEnabled !== false;
  try {
    const admin = 'erste@gastgeber.example';
    await portal.command('admin', 'create', '--email', admin, '--name', 'Ada Amt');
    const file = join(portal.dataDir, 'first.csv');
    const line = 'Polar GmbH;polar.example;DE;private_company;customer;Anna Berger;anna@polar.example;de';
    await writeFile(file, `company;domains;country;kind;status;person;mail;language\n${line}\n`);
    await portal.command('import', 'customers', file);
    for (const who of [admin, 'anna@polar.example']) {
      const context = await browser.newContext({ baseURL: portal.url, locale: 'de-DE', javaScriptEnabled: scripts });
      const page = await context.newPage();
      await signIn(page, portal.mails, who);
      await firstVisit(page);
      const bars = page.locator('.topbar nav a, .subbar a');
      const paths = await bars.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      expect(paths.length).toBeGreaterThan(2);
      for (const path of new Set(paths)) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(200);
        await expect(page.locator('h1'), path).toHaveCount(1);
        const words = EMPTY[path];
        if (words) {
          await expect(page.locator('main'), path).toContainText(words);
          await axe(page);
        }
        await shoot(page, `first-day${path.replaceAll('/', '-')}`);
      }
      await context.close();
    }
  } finally {
    await portal.stop();
  }
});
