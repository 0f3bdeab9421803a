// Marketing names groups of customers, and lets a campaign run for one: draft, pilot, roll-out and end, with what goes wrong on the
// way. In between stands the advocate's form, and the page of the campaign.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signOff } from '../fixtures/company.ts';
import { axe, expect, firstVisit, shoot, signIn, test } from '../fixtures/test.ts';

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
      await page.locator('main form summary').first().click();
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

const CAMPAIGN = {
  de: { boost: 'von 1 bis 5', no: 'vorgestellt', rule: 'Zusammengezählt werden sie nie', none: 'Noch sieht sie niemand', pilot: 'Pilotgruppe', running: 'für die sie bestimmt ist', note: 'doppelt bis', kept: 'wie bei der Einreichung zugesagt', ended: 'zu Ende', closed: 'beendet' },
  en: { boost: 'from 1 to 5', no: 'go forward', rule: 'never added up', none: 'Nobody sees it yet', pilot: 'pilot group', running: 'whom it is meant for', note: 'double until', kept: 'as promised at submission', ended: 'has ended', closed: 'closed' },
} as const;

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test(`a campaign from its draft to its end, as marketing and as advocate, ${lang} @postgres`, async ({ page, portal, mails, browser }, { project }) => {
      test.setTimeout(180_000);
      const said = CAMPAIGN[lang];
      const scripts = project.use.javaScriptEnabled !== false;
      const look = async (reader = page) => (lang === 'de' ? axe(reader) : undefined);
      const editor = `kampagnen.${lang}@gastgeber.example`;
      await portal.command('admin', 'create', '--email', editor, '--name', 'Lena Hoffmann', '--language', lang);
      const domain = `kampagnenwerk-${lang}.example`;
      const file = join(portal.dataDir, `kampagnenwerk-${lang}.csv`);
      await writeFile(
        file,
        'company;domains;country;kind;status;person;mail;language;account_manager\n' +
          `Kampagnenwerk ${lang} GmbH;${domain};DE;private_company;customer;Anna Berger;anna@${domain};${lang};${editor}\n`,
      );
      await portal.command('import', 'customers', file);
      await signOff(portal, 'DE', editor);
      const annas = await browser.newContext({ baseURL: portal.url, locale, javaScriptEnabled: scripts });
      const anna = await annas.newPage();
      await signIn(anna, mails, `anna@${domain}`);
      await firstVisit(anna);
      await signIn(page, mails, editor);

      // Only her company is in it: other journeys of this portal go on as they were.
      await page.goto('/manage/segments/new');
      const group = `Kampagnenwerk ${lang}`;
      await page.locator('#name_de').fill(group);
      await page.locator('#name_en').fill(group);
      await page.locator('#companies').fill(domain);
      await page.locator('form:has(#companies) [type=submit]').click();

      await page.goto('/manage/incentives');
      await page.locator('main a[href="/manage/campaigns"]').click();
      await look();
      await page.locator('a[href="/manage/campaigns/new"]').click();
      await expect(page.locator('main')).toContainText(said.rule);
      await expect(page.locator('#zone')).toHaveValue(/.+/);
      const name = `Doppelt danken ${lang}`;
      const save = () => page.locator('form:has(#boost) [type=submit]').click();
      await page.locator('#name_de').fill(name);
      await page.locator('#name_en').fill(name);
      await page.locator('#zone').fill('Europe/Berlin');
      await page.locator('#from').fill('2020-03-29T02:30');
      await page.locator('#until').fill('2099-12-31T23:59');
      await page.locator('#boost').fill('7');
      await page.locator('#segment').selectOption({ label: group });
      await page.locator('#pilot').selectOption({ label: group });
      await save();
      await expect(page.locator('#boost-error')).toContainText(said.boost);
      await expect(page.locator('#from-error')).toContainText(said.no);
      await expect(page.locator('#name_de')).toHaveValue(name);
      await look();
      await page.locator('#from').fill('2020-03-29T03:30');
      await page.locator('#boost').fill('2');
      await save();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      const state = page.locator('section[aria-labelledby=state]');
      await expect(state).toContainText(said.none);
      await expect(page.locator('section[aria-labelledby=overlaps]')).toContainText(said.rule);
      const link = new URL(page.url()).pathname.replace('/manage', '');

      // A draft is nobody's; the pilot is hers.
      expect((await anna.request.get(link)).status()).toBe(404);
      await page.locator('button[value=pilot]').click();
      await expect(state).toContainText(said.pilot);
      await anna.goto('/refer');
      await expect(anna.locator('.choice .why', { hasText: said.note }).first()).toBeVisible();
      await look(anna);
      await shoot(anna, `campaign-choice.${lang}`);
      await anna.goto(link);
      await expect(anna.getByRole('heading', { level: 1 })).toHaveText(name);
      await look(anna);
      await shoot(anna, `campaign-own.${lang}`);
      await page.locator('button[value=running]').click();
      await expect(state).toContainText(said.running);

      // What is submitted now keeps the promise after the end.
      await anna.goto('/refer');
      await anna.locator('#company').fill(`Neuhaus Kampagne ${lang} AG`);
      await anna.locator('#role').fill('Leitung Einkauf');
      await anna.locator('#reason').fill('Zweite Linie');
      // Some thank-yous of a new house are not there to choose yet, as a donation without an organisation.
      const boosted = anna.locator('.choice:has(input[name=incentive]:enabled)', { hasText: said.note });
      await boosted.locator('label').first().click();
      await anna.locator('form[action="/refer"] [type=submit]').click();
      await expect(anna).toHaveURL(/\/referrals\//);
      await expect(anna.locator('main')).toContainText(said.kept);
      await page.reload();
      await look();
      await shoot(page, `campaign.${lang}`);
      await page.locator('button[value=closed]').click();
      await expect(state).toContainText(said.closed);
      await anna.reload();
      await expect(anna.locator('main')).toContainText(said.kept);
      await anna.goto(link);
      await expect(anna.locator('main')).toContainText(said.ended);
      await look(anna);
      await anna.goto('/refer');
      await expect(anna.locator('main')).not.toContainText(said.note);
      await annas.close();
    });
  });
}
