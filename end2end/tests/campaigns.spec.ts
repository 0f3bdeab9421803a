// Marketing names a group of customers, by conditions and by hand, with what goes wrong on the way.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { axe, expect, shoot, signIn, test } from '../fixtures/test.ts';

const SAID = {
  de: { everybody: 'wären alle', unclear: 'nennen keine Organisation', both: 'nicht beides', size: 'Eine Person aus einer Organisation', unused: 'Nirgends' },
  en: { everybody: 'would be everybody', unclear: 'name no customer', both: 'not both', size: 'One person of one customer', unused: 'Nowhere' },
} as const;

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test(`a segment by conditions and by hand, ${lang} @postgres`, async ({ page, portal, mails }) => {
      const said = SAID[lang];
      const look = async () => (lang === 'de' ? axe(page) : undefined);
      const editor = `segmente.${lang}@gastgeber.example`;
      await portal.command('admin', 'create', '--email', editor, '--name', 'Lena Hoffmann', '--language', lang);
      const company = `Segmentwerk ${lang === 'de' ? 'Nord' : 'South'} GmbH`;
      const domain = `segmentwerk-${lang}.example`;
      const file = join(portal.dataDir, `segmentwerk-${lang}.csv`);
      await writeFile(
        file,
        'company;domains;country;kind;status;person;mail;language;account_manager\n' +
          `${company};${domain};DE;private_company;customer;Anna Berger;anna@${domain};${lang};${editor}\n`,
      );
      await portal.command('import', 'customers', file);
      const name = `Werke ${lang}`;
      const save = () => page.locator('form:has(#companies) [type=submit]').click();

      await signIn(page, mails, editor);
      await page.goto('/manage/incentives');
      await page.locator('main a[href="/manage/segments"]').click();
      await look();
      await page.locator('a[href="/manage/segments/new"]').click();
      await page.locator('#name_de').fill(name);
      await page.locator('#name_en').fill(name);
      // A group of everybody is none, and a list is read line by line.
      await save();
      await expect(page.getByRole('alert')).toContainText(said.everybody);
      await page.locator('#companies').fill(`${company}\nGibt es nicht`);
      await save();
      await expect(page.locator('main')).toContainText(said.unclear);
      await expect(page.locator('main .notice li')).toHaveText(['Gibt es nicht']);
      await look();
      await page.locator('#companies').fill(domain);
      await page.locator('#countries').fill('DE');
      await save();
      await expect(page.locator('#companies-error')).toContainText(said.both);
      await page.locator('#countries').fill('');
      await save();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      await expect(page.locator('section[aria-labelledby=now]')).toContainText(said.size);
      await expect(page.locator('section[aria-labelledby=now]')).toContainText('Anna Berger');
      await expect(page.locator('section[aria-labelledby=used]')).toContainText(said.unused);
      await expect(page.locator('#companies')).toHaveValue(company);
      await look();
      await shoot(page, `segment.${lang}`);

      // The same group by conditions.
      await page.locator('#companies').fill('');
      await page.locator('#countries').fill('de');
      await page.locator('summary').first().click();
      await page.locator('label[for="status-customer"]').click();
      await save();
      await expect(page.locator('#countries')).toHaveValue('DE');
      await expect(page.locator('#status-customer')).toBeChecked();
      await page.locator('form[action$="/end"] button').click();
      await expect(page).toHaveURL(/\/manage\/segments$/);
      await expect(page.locator('main')).not.toContainText(name);
    });
  });
}
