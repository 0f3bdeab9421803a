// People: from a customer's company over a letter to somebody who has agreed to the terms, and a list from a file.
import { axe, expect, expectSignedIn, shoot, signIn, test } from '../fixtures/test.ts';

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test('a letter brings an advocate in', async ({ page, portal, mails, browser }, { project }) => {
      test.setTimeout(300_000);
      const admin = `people.${lang}@gastgeber.example`;
      const domain = `letter-${lang}.de`;
      await portal.command('admin', 'create', '--email', admin, '--name', 'Ada Amt', '--language', lang);
      await signIn(page, mails, admin);

      await page.goto('/manage/accounts/new');
      await axe(page);
      await page.locator('input[name=name]').fill(`Mühlenau ${lang} GmbH`);
      await page.locator('textarea[name=domains]').fill(domain);
      await page.locator('main form[method=post] [type=submit]').click();
      await expect(page.getByRole('status')).toBeVisible();
      await axe(page);
      await shoot(page, `account.${lang}`);

      await page.goto('/manage/people/invite');
      await axe(page);
      await page.locator('input[name=name]').fill('Anna Berger');
      await page.locator('input[name=email]').fill(`anna@${domain}`);
      await page.locator('input[name=account]').fill('nobody knows this');
      await page.locator('input[name=role-advocate]').check();
      await page.locator('main form[method=post] [type=submit]').click();
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expect(page.locator('input[name=name]')).toHaveValue('Anna Berger');
      await axe(page);
      await page.locator('input[name=account]').fill(domain);
      await page.locator('main form[method=post] [type=submit]').click();
      await expect(page).toHaveURL(/\/letter$/);
      const code = await page.locator('.letter-code').innerText();
      await axe(page);
      await shoot(page, `letter.${lang}`);
      // On paper: the letter with its picture and its code, and nothing around it.
      await page.emulateMedia({ media: 'print' });
      await expect(page.locator('.letter .qr svg')).toBeVisible();
      await expect(page.locator('.letter .letter-code')).toBeVisible();
      expect(await page.locator('.no-print').count()).toBeGreaterThan(1);
      for (const around of await page.locator('.no-print, .topbar, .foot').all()) await expect(around).toBeHidden();
      await shoot(page, `letter-printed.${lang}`);
      await page.emulateMedia({ media: null });
      expect(mails.to(`anna@${domain}`)).toEqual([]);

      // A mail of one's own needs a ground that is on record; then the draft carries the code.
      const letter = page.url();
      const draft = page.locator('a[href^="mailto:"]');
      await expect(page.locator('section:has(> header #own-mail)')).toBeVisible();
      await expect(draft).toHaveCount(0);
      await page.goto(letter.replace(/\/letter$/, ''));
      await page.locator('select[name=channel]').selectOption('mail');
      await page.locator('select[name=basis]').selectOption('existing_customer');
      await page.locator('button[name=act][value=record]').click();
      // Nobody could prove it: a ground says where it comes from.
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expect(page.locator('select[name=basis]')).toHaveValue('existing_customer');
      await axe(page);
      await page.locator('input[name=source]').fill('Kaufvertrag vom 12. Mai 2026');
      await page.locator('button[name=act][value=record]').click();
      await expect(page.getByRole('status')).toBeVisible();
      await page.goto(letter);
      expect(decodeURIComponent((await draft.getAttribute('href')) ?? '')).toContain(code);
      await axe(page);
      await shoot(page, `letter-mail.${lang}`);

      const scripts = project.use.javaScriptEnabled !== false;
      const other = await browser.newContext({ baseURL: portal.url, locale, javaScriptEnabled: scripts });
      const anna = await other.newPage();
      // The picture leads to this address: the code stands there, and nothing has happened yet.
      await anna.goto(`/join?c=${code}`);
      await expect(anna.locator('input[name=code]')).toHaveValue(code);
      await anna.goto('/join');
      await anna.locator('input[name=code]').fill('0000-0000-0000');
      await anna.locator('main [type=submit]').click();
      await expect(anna.getByRole('alert').first()).toBeVisible();
      await anna.locator('input[name=code]').fill(code.toLowerCase());
      await anna.locator('main [type=submit]').click();
      await expect(anna).toHaveURL(/\/welcome\/terms/);
      await anna.goto('/profile');
      await expect(anna).toHaveURL(/\/welcome\/terms/);
      await anna.locator('input[name=agree]').check();
      await anna.locator('main [type=submit]').click();
      await expect(anna.getByRole('alert').first()).toBeVisible();
      await anna.locator('input[name=share][value=name]').check();
      await anna.locator('input[name=gifts][value=any]').check();
      await anna.locator('main [type=submit]').click();
      await expectSignedIn(anna);
      await expect(anna).toHaveURL(/\/profile/);
      await other.close();

      for (const path of ['/manage/people', '/manage/accounts', '/manage/legal', '/manage/legal/terms', '/legal/privacy']) {
        const response = await page.goto(path);
        expect(response?.status(), path).toBe(200);
      }
      await page.goto('/manage/people?q=anna');
      await page.getByRole('link', { name: 'Anna Berger' }).first().click();
      await axe(page);
      await shoot(page, `person.${lang}`);
    });
  });
}

for (const [locale, lang, done] of [['de-DE', 'de', 'Importiert'], ['en-GB', 'en', 'Imported']] as const) {
  test.describe(`${lang}, a file`, () => {
    test.use({ locale });

    test('a list is looked at first and taken then @postgres', async ({ page, portal, mails }) => {
      test.setTimeout(300_000);
      const admin = `import.${lang}@gastgeber.example`;
      const domain = `kestrel-liste-${lang}.de`;
      await portal.command('admin', 'create', '--email', admin, '--name', 'Ada Import', '--language', lang);
      await signIn(page, mails, admin);
      await page.goto('/manage/import');
      const list = `Firma;Land;Ansprechpartner;E-Mail\nKestrel ${lang};DE;Carla Menk ${lang};carla@${domain}\nOhne;;;\n`;
      const file = { name: 'kunden.csv', mimeType: 'text/csv', buffer: Buffer.from(list) };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.locator('form[enctype] [type=submit]').click();
      await expect(page.locator('form[action$="/confirm"] [type=submit]')).toBeVisible();
      await axe(page);
      await shoot(page, `import.${lang}`);
      await page.locator('form[action$="/confirm"] [type=submit]').click();
      await expect(page.getByText(done, { exact: true })).toBeVisible();
      await page.goto('/manage/people?q=carla');
      await expect(page.getByRole('link', { name: `Carla Menk ${lang}` })).toBeVisible();
      expect(mails.to(`carla@${domain}`)).toEqual([]);
    });
  });
}
