// What a programme asks besides: marketing writes the questions, the advocate answers, the account manager reads, and what
// was answered outlives the question.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { signOff } from '../fixtures/company.ts';
import { axe, expect, firstVisit, shoot, signIn, test } from '../fixtures/test.ts';

const SAID = {
  de: {
    size: 'Wie viele Beschäftigte hat die Firma?',
    machine: 'Welche Anlage ist im Einsatz?',
    chosen: '51 bis 250',
    seen: 'nicht die empfohlene Person',
    missing: 'Bitte füllen Sie dieses Feld aus',
    choose: 'Bitte wählen Sie etwas aus',
    differ: 'gleich viele Möglichkeiten',
    address: 'E-Mail-Adresse',
    links: 'Fragen zur Empfehlung',
    out: 'nicht mehr gestellt',
  },
  en: {
    size: 'How many people work at the company?',
    machine: 'Which machines are in use?',
    chosen: '51 to 250',
    seen: 'not by the referred contact',
    missing: 'Please fill in this field',
    choose: 'Please choose',
    differ: 'the same number of options',
    address: 'e-mail address',
    links: 'Questions about a referral',
    out: 'no longer asked',
  },
} as const;

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test(`marketing asks, an advocate answers, and the answer outlives the question, ${lang} @postgres`, async ({
      page,
      portal,
      mails,
      browser,
    }, { project }) => {
      test.setTimeout(300_000);
      const said = SAID[lang];
      const scripts = project.use.javaScriptEnabled !== false;
      // One language is looked at closely: what axe finds does not depend on it.
      const look = async (reader: Page) => (lang === 'de' ? axe(reader) : undefined);
      const editor = `fragen.${lang}@gastgeber.example`;
      await portal.command('admin', 'create', '--email', editor, '--name', 'Lena Hoffmann', '--language', lang);
      const email = `anna@fragewerk-${lang}.example`;
      const file = join(portal.dataDir, `fragewerk-${lang}.csv`);
      await writeFile(
        file,
        'company;domains;country;kind;status;person;mail;language;account_manager\n' +
          `Fragewerk ${lang} GmbH;fragewerk-${lang}.example;DE;private_company;customer;Anna Berger;${email};${lang};${editor}\n`,
      );
      await portal.command('import', 'customers', file);
      await signOff(portal, 'DE', editor);
      const own = () => browser.newContext({ baseURL: portal.url, locale, javaScriptEnabled: scripts });
      const [staffs, annas] = [await own(), await own()];
      const [staff, anna] = [await staffs.newPage(), await annas.newPage()];
      const save = () => staff.locator('form.questions > div > [type=submit]').click();

      // Nothing is asked yet; what is wrong stands at its field, with what was typed.
      await signIn(staff, mails, editor);
      await staff.goto('/manage/program');
      await staff.getByRole('link', { name: said.links }).click();
      await shoot(staff, `questions-empty.${lang}`);
      // The other language may have been here before, and what it took out is remembered.
      const first = (await staff.locator('input[name^=id]').count()) - 1;
      const second = first + 1;
      await staff.locator(`#label_de${first}`).fill(SAID.de.size);
      await staff.locator(`#label_en${first}`).fill(SAID.en.size);
      await staff.locator(`#kind${first}`).selectOption('choice');
      await staff.locator(`#required${first}`).check();
      await staff.locator(`#options_de${first}`).fill('bis 50\n51 bis 250\nmehr als 250');
      await staff.locator(`#options_en${first}`).fill('up to 50\n51 to 250');
      await save();
      await expect(staff.locator(`#options_en${first}-error`)).toContainText(said.differ);
      await expect(staff.locator(`#label_de${first}`)).toHaveValue(SAID.de.size);
      await shoot(staff, `questions-refused.${lang}`);
      await staff.locator(`#options_en${first}`).fill('up to 50\n51 to 250\nmore than 250');
      await save();
      await expect(staff.getByRole('status')).toBeVisible();
      await staff.locator(`#label_de${second}`).fill(SAID.de.machine);
      await staff.locator(`#label_en${second}`).fill(SAID.en.machine);
      await staff.locator(`#required${second}`).check();
      // Options belong to a choice alone.
      await expect(staff.locator(`#options_de${second}`)).toBeHidden();
      await save();
      await expect(staff.getByRole('status')).toBeVisible();
      await expect(staff.locator(`#label_en${second}`)).toHaveValue(SAID.en.machine);
      await look(staff);
      await shoot(staff, `questions.${lang}`);

      // Without an answer nothing is submitted; nobody's address is one.
      await signIn(anna, mails, email);
      await firstVisit(anna);
      const company = `Ravensteiner Hydraulik ${lang} GmbH`;
      await anna.goto('/refer');
      await expect(anna.locator('main')).toContainText(said.seen);
      await anna.locator('input[name=company]').fill(company);
      await anna.locator('input[name=role]').fill('Leitung Einkauf');
      await anna.locator('textarea[name=reason]').fill('Zweite Linie seit Herbst.');
      const size = anna.getByLabel(said.size);
      const machine = anna.getByLabel(said.machine);
      const submit = () => anna.locator('main form [type=submit]').last().click();
      await submit();
      await expect(anna.getByRole('alert').first()).toContainText(said.missing);
      await expect(anna.getByRole('alert').first()).toContainText(said.choose);
      await expect(anna.locator('input[name=company]')).toHaveValue(company);
      await size.selectOption({ label: said.chosen });
      await machine.fill('t.falk@ravensteiner.example');
      await submit();
      await expect(anna.getByRole('alert').first()).toContainText(said.address);
      await expect(size).toHaveValue('51 bis 250');
      await look(anna);
      await shoot(anna, `refer-answers.${lang}`);
      await machine.fill('Zwei Exzenterpressen, Baujahr 2009');
      await submit();
      await expect(anna.getByRole('heading', { level: 1, name: company })).toBeVisible();
      const referral = new URL(anna.url()).pathname;
      const carried = new URL(await anna.locator('.stage output').innerText()).pathname;

      // Both who work on it see the answers, each in their language; the person behind the link does not.
      const answered = async () => {
        await anna.goto(referral);
        await staff.goto(`/work${referral}`);
        for (const reader of [anna, staff]) {
          const facts = reader.locator('dl.facts').filter({ hasText: said.size });
          await expect(facts).toContainText(said.chosen);
          await expect(facts).toContainText(said.machine);
          await expect(facts).toContainText('Zwei Exzenterpressen, Baujahr 2009');
        }
      };
      await answered();
      await look(anna);
      await look(staff);
      await shoot(anna, `answers-advocate.${lang}`);
      await shoot(staff, `answers-staff.${lang}`);
      await page.goto(carried);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('body')).not.toContainText('Exzenterpressen');
      await expect(page.locator('body')).not.toContainText(said.chosen);

      // Asked no more, it is gone from the form and stands where it was answered.
      await staff.goto('/manage/program/questions');
      for (const place of [first, second]) await staff.locator(`#out${place}`).check();
      await save();
      await expect(staff.getByRole('status')).toBeVisible();
      const fold = staff.locator('details', { hasText: said.out });
      await fold.locator('summary').click();
      await look(staff);
      await shoot(staff, `questions-out.${lang}`);
      await anna.goto('/refer');
      await expect(anna.locator('main')).not.toContainText(said.size);
      await answered();
      await Promise.all([staffs.close(), annas.close()]);
    });
  });
}
