// Joining without a letter: somebody asks and staff decide; a colleague comes in by a member's link.
import { axe, expect, expectSignedIn, shoot, signIn, test } from '../fixtures/test.ts';
import { linkIn } from '../fixtures/sign-in.ts';

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test('somebody asks, staff let them in, and they bring a colleague', async ({ page, portal, mails, browser }, { project }) => {
      test.setTimeout(300_000);
      const admin = `joining.${lang}@gastgeber.example`;
      const domain = `asking-${lang}-${project.name}.de`;
      await portal.command('admin', 'create', '--email', admin, '--name', 'Ada Amt', '--language', lang);
      await signIn(page, mails, admin);
      await page.goto('/manage/accounts/new');
      await page.locator('input[name=name]').fill(`Askwerk ${lang} ${project.name} GmbH`);
      await page.locator('textarea[name=domains]').fill(domain);
      await page.locator('main form[method=post] [type=submit]').click();
      await page.goto('/manage/people/requests');
      const allow = page.locator('form[action$="/setting"] button[value=yes]');
      if (await allow.count()) await allow.click();
      await axe(page);

      const scripts = project.use.javaScriptEnabled !== false;
      const options = { baseURL: portal.url, locale, javaScriptEnabled: scripts };
      const asking = await browser.newContext(options);
      const ben = await asking.newPage();
      await ben.goto('/join/ask');
      await ben.locator('input[name=name]').fill('Ben Acker');
      await ben.locator('input[name=email]').fill('not an address');
      await ben.locator('main [type=submit]').click();
      await expect(ben.getByRole('alert').first()).toBeVisible();
      await expect(ben.locator('input[name=name]')).toHaveValue('Ben Acker');
      await axe(ben);
      await shoot(ben, `join-ask.${lang}`);
      await ben.locator('input[name=email]').fill(`ben@${domain}`);
      await ben.locator('main [type=submit]').click();
      await expect(ben).toHaveURL(/\/join\/sent/);
      await ben.goto(linkIn(await mails.waitFor(`ben@${domain}`)));
      await axe(ben);
      await ben.locator('main [type=submit]').click();
      await expect(ben).toHaveURL(/\/join\/waiting/);

      await page.goto('/manage/people/requests');
      await axe(page);
      await shoot(page, `requests.${lang}`);
      await page.locator('tr', { hasText: `ben@${domain}` }).locator('form[action$="/approve"] button').click();
      await expect(page.getByRole('status')).toBeVisible();

      // The answer comes first; the next mail carries the code.
      await mails.waitFor(`ben@${domain}`);
      await signIn(ben, mails, `ben@${domain}`);
      await expect(ben).toHaveURL(/\/welcome\/terms/);
      await axe(ben);
      await shoot(ben, `first-visit.${lang}`);
      await ben.locator('input[name=share][value=nobody]').check();
      await ben.locator('input[name=gifts][value=none]').check();
      await ben.locator('input[name=agree]').check();
      await ben.locator('main [type=submit]').click();
      await ben.goto('/profile');
      await expect(ben.locator('input[name=share][value=nobody]')).toBeChecked();
      await ben.locator('input[name=mail-silence]').uncheck();
      await ben.locator('form[action$="/messages"] [type=submit]').click();
      await expect(ben.locator('input[name=mail-silence]')).not.toBeChecked();
      await axe(ben);
      await shoot(ben, `profile.${lang}`);

      await ben.goto('/colleagues');
      await ben.locator('form[action$="/colleagues"] [type=submit]').click();
      await axe(ben);
      await shoot(ben, `colleagues.${lang}`);
      const code = await ben.locator('.letter-code').innerText();
      const invited = await browser.newContext(options);
      const cem = await invited.newPage();
      await cem.goto('/join');
      await cem.locator('input[name=code]').fill(code.toLowerCase());
      await cem.locator('main [type=submit]').click();
      await expect(cem).toHaveURL(/\/join\/with\//);
      await axe(cem);
      await shoot(cem, `join-with.${lang}`);
      await cem.locator('input[name=name]').fill('Cem Doğan');
      await cem.locator('input[name=email]').fill(`cem@${domain}`);
      await cem.locator('main [type=submit]').click();
      await cem.goto(linkIn(await mails.waitFor(`cem@${domain}`)));
      await cem.locator('main [type=submit]').click();
      await expectSignedIn(cem);
      await asking.close();
      await invited.close();
    });
  });
}
