// An advocate takes a referral back before anybody has spoken to the contact.
import { advocate } from '../fixtures/company.ts';
import { speak } from '../fixtures/faces.ts';
import { axe, expect, shoot, signIn, test } from '../fixtures/test.ts';

for (const [locale, lang, ended] of [
  ['de-DE', 'de', 'diesmal nicht'],
  ['en-GB', 'en', 'not this time'],
] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test('a referral is taken back, and its link leads nowhere @postgres', async ({ page, portal, mails, browser, tolerate }, { project }) => {
      test.setTimeout(300_000);
      tolerate(/status of 404/);
      const company = `Zurück ${lang} ${project.name} GmbH`;
      const { email } = await advocate({ portal, mails, browser }, `zurueck-${lang}-${project.name}`, 'Zoe Zurück');
      await signIn(page, mails, email);
      await speak(page, lang);
      await page.goto('/refer');
      await page.locator('input[name=company]').fill(company);
      await page.locator('input[name=role]').fill('Leitung Einkauf');
      await page.locator('textarea[name=reason]').fill('Zweite Linie seit Herbst.');
      await page.locator('main form [type=submit]').last().click();
      await expect(page.getByRole('heading', { level: 1, name: company })).toBeVisible();
      const link = new URL(await page.locator('.stage output').innerText()).pathname;
      await expect(page.locator('main')).toContainText('Leitung Einkauf');

      // Folded, so that it is not pressed by the way.
      const form = page.locator('form[action$="/withdrawal"]');
      await expect(form).toBeHidden();
      await page.locator('details:has(form[action$="/withdrawal"]) > summary').click();
      await axe(page);
      await shoot(page, `withdraw.${lang}`);
      await form.locator('[type=submit]').click();
      await expect(page.getByRole('status')).toBeVisible();
      await expect(page.locator('#now')).toHaveText(new RegExp(ended, 'i'));
      await expect(form).toHaveCount(0);
      await expect(page.locator('main')).not.toContainText('Leitung Einkauf');
      await axe(page);
      await shoot(page, `withdrawn.${lang}`);
      expect((await page.request.get(link)).status()).toBe(404);
      await page.goto('/referrals');
      await expect(page.locator('.referral', { hasText: company })).toContainText(new RegExp(ended, 'i'));
    });
  });
}
