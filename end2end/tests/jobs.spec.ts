// A mail server that refuses, puts off, or is dead: what staff see of it, and that a mail tried again arrives once.
import { keepOnly } from '../fixtures/roles.ts';
import { askForMail, axe, codeIn, enterCode, expect, expectSignedIn, shoot, signIn, test } from '../fixtures/test.ts';

for (const [locale, lang, said] of [
  ['de-DE', 'de', { refused: 'abgelehnt', away: 'antwortet nicht', sent: 'Alle Mails sind abgegangen', clicks: '13 Monate' }],
  ['en-GB', 'en', { refused: 'refused the mail', away: 'does not answer', sent: 'All mails have left', clicks: '13 months' }],
] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test('a mail that was refused is seen, tried again, and arrives once @postgres', async ({ page, portal, mails, browser }, { project }) => {
      test.setTimeout(300_000);
      const admin = `mails.${lang}@gastgeber.example`;
      const colleague = `bea.${lang}@gastgeber.example`;
      await portal.command('admin', 'create', '--email', admin, '--name', 'Ada Amt', '--language', lang);
      await portal.command('admin', 'create', '--email', colleague, '--name', 'Bea Buch', '--language', lang);
      await signIn(page, mails, admin);
      await keepOnly(portal, page, admin, 'administrator');
      await page.goto('/manage/jobs');
      await expect(page.getByText(said.sent)).toBeVisible();
      // How long what is kept, and what went last; the first run came with the start of the server.
      const kept = page.locator('section:has(> header #retention)');
      await expect(kept).toContainText(said.clicks);
      await expect(kept.locator('tbody tr').first().locator('td').last()).toHaveText('0');
      await axe(page);
      await shoot(page, `jobs-empty.${lang}`);

      const scripts = project.use.javaScriptEnabled !== false;
      const other = await browser.newContext({ baseURL: portal.url, locale, javaScriptEnabled: scripts });
      const bea = await other.newPage();
      try {
        mails.answers('never');
        await askForMail(bea, colleague);
        const row = page.locator('.rows li', { hasText: 'Bea Buch' });
        await expect(async () => {
          await page.goto('/manage/jobs');
          await expect(row).toContainText(said.refused, { timeout: 1_000 });
        }).toPass({ timeout: 15_000 });
        // Whoever runs the portal reads neither the code nor the address.
        expect(await page.locator('main').innerText()).not.toMatch(/\d{6}|@/);
        await axe(page);
        await shoot(page, `jobs.${lang}`);

        // A server that puts us off, and one that is dead, are the same to whoever waits for a mail.
        if (lang === 'de') mails.answers('later');
        else await mails.die();
        await row.locator('[type=submit]').click();
        await expect(page.getByRole('status')).toBeVisible();
        await expect(async () => {
          await page.goto('/manage/jobs');
          await expect(row).toContainText(said.away, { timeout: 1_000 });
        }).toPass({ timeout: 15_000 });
        expect(mails.to(colleague)).toHaveLength(0);
      } finally {
        mails.answers('yes');
        await mails.revive();
      }
      await page.locator('form[action="/manage/jobs/retry"] [type=submit]').click();
      await enterCode(bea, codeIn(await mails.waitFor(colleague)));
      await expectSignedIn(bea);
      await page.goto('/manage/jobs');
      await expect(page.getByText(said.sent)).toBeVisible();
      expect(mails.to(colleague)).toHaveLength(1);

      await bea.goto('/profile');
      await other.close();
    });
  });
}
