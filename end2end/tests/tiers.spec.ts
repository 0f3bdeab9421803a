// Marketing moves from the tiers there are to one tier more, by page: draft, preview, pilot, roll-out and undo. In between stands
// the advocate's page.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { keepOnly } from '../fixtures/roles.ts';
import { axe, expect, firstVisit, shoot, signIn, test } from '../fixtures/test.ts';

const SAID = {
  de: { easier: 'nicht leichter', taken: 'heißt schon so', nobody: 'gehört niemand', pilot: 'Der Pilot läuft', all: 'gilt für alle' },
  en: { easier: 'not be easier', taken: 'has this name', nobody: 'belongs to this pilot', pilot: 'pilot is running', all: 'in force for everybody' },
} as const;

// One installation has one scheme of tiers, so the languages take turns.
test.describe.configure({ mode: 'serial' });

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test(`one more tier, with preview, pilot, roll-out and undo, ${lang} @postgres`, async ({ page, portal, mails, browser }, { project }) => {
      test.setTimeout(300_000);
      const said = SAID[lang];
      const scripts = project.use.javaScriptEnabled !== false;
      const look = async (reader: Page) => (lang === 'de' ? axe(reader) : undefined);
      const editor = `stufen.${lang}@gastgeber.example`;
      await portal.command('admin', 'create', '--email', editor, '--name', 'Lena Hoffmann', '--language', lang);
      const email = `anna@stufenwerk-${lang}.example`;
      const file = join(portal.dataDir, `stufenwerk-${lang}.csv`);
      await writeFile(
        file,
        'company;domains;country;kind;status;person;mail;language;account_manager\n' +
          `Stufenwerk ${lang} GmbH;stufenwerk-${lang}.example;LI;private_company;customer;Anna Berger;${email};${lang};${editor}\n`,
      );
      await portal.command('import', 'customers', file);
      const own = () => browser.newContext({ baseURL: portal.url, locale, javaScriptEnabled: scripts });
      const [staffs, annas] = [await own(), await own()];
      const [staff, anna] = [await staffs.newPage(), await annas.newPage()];
      const save = () => staff.locator('main form button[value=save]').last().click();
      const decide = async (act: string, then: string) => {
        await staff.locator(`form[action="/manage/tiers/rollout"] button[value=${act}]`).click();
        await settled(then);
      };
      // Members are moved in the background; the page says how far it has come.
      const settled = async (then: string) =>
        expect(async () => {
          await staff.goto('/manage/tiers');
          await expect(staff.locator('main')).toContainText(then, { timeout: 1_000 });
        }).toPass({ timeout: 60_000 });
      const gone = async () =>
        expect(async () => {
          await staff.goto('/manage/tiers');
          await expect(staff.locator('#rollout')).toHaveCount(0, { timeout: 1_000 });
        }).toPass({ timeout: 60_000 });

      await signIn(anna, mails, email);
      await firstVisit(anna);
      await anna.goto('/tiers');
      const steel = `Stahl ${lang}`;
      await expect(anna.locator('main')).not.toContainText(steel);

      // What is wrong stands at its tier and its condition, and nothing is saved by it.
      await signIn(staff, mails, editor);
      await keepOnly(portal, staff, editor, 'marketing');
      await staff.goto('/manage/tiers');
      await look(staff);
      await shoot(staff, `tiers.${lang}`);
      await staff.locator('main a[href="/manage/tiers/draft"]').click();
      const top = (await staff.locator('input[name^=code]').count()) - 1;
      await staff.locator(`button[value="remove ${top}"]`).click();
      await expect(staff.locator('input[name^=code]')).toHaveCount(top);
      await staff.locator('button[value=add]').click();
      await staff.locator(`#name_de${top}`).fill('Silber');
      await staff.locator(`#name_en${top}`).fill('Silver');
      await staff.locator(`#benefits_de${top}`).fill('Ein eigener Werktag im Jahr');
      await staff.locator(`#benefits_en${top}`).fill('A day of their own each year');
      await staff.locator(`#metric${top}_0`).selectOption('won_referrals');
      await staff.locator(`#value${top}_0`).fill('1');
      await staff.locator(`#period${top}_0`).selectOption('rolling_year');
      await save();
      await expect(staff.locator(`#name_en${top}-error`)).toContainText(said.taken);
      await staff.locator(`#name_de${top}`).fill(steel);
      await staff.locator(`#name_en${top}`).fill(steel);
      await save();
      await expect(staff.locator(`#value${top}_0-error`)).toContainText(said.easier);
      await expect(staff.locator(`#name_de${top}`)).toHaveValue(steel);
      await look(staff);
      await shoot(staff, `tiers-draft-refused.${lang}`);
      await staff.locator(`#value${top}_0`).fill('4');
      // The old top comes back above it, and changes places once.
      await staff.locator('button[value=add]').click();
      await staff.locator(`#name_de${top + 1}`).fill(`Spitze ${lang}`);
      await staff.locator(`#name_en${top + 1}`).fill(`Summit ${lang}`);
      await staff.locator(`#benefits_de${top + 1}`).fill('Ein Platz am Tisch');
      await staff.locator(`#benefits_en${top + 1}`).fill('A seat at the table');
      await staff.locator(`#metric${top + 1}_0`).selectOption('won_referrals');
      await staff.locator(`#value${top + 1}_0`).fill('6');
      await staff.locator(`#period${top + 1}_0`).selectOption('rolling_year');
      await staff.locator(`button[value="raise ${top}"]`).click();
      await expect(staff.locator(`#name_de${top}`)).toHaveValue(`Spitze ${lang}`);
      await staff.locator(`button[value="lower ${top + 1}"]`).click();
      await expect(staff.locator(`#name_de${top}`)).toHaveValue(steel);
      await save();

      // The preview, by number and by name; nothing has changed for anybody.
      await expect(staff).toHaveURL(/preview/);
      await expect(staff.locator('main')).toContainText(steel);
      await look(staff);
      await shoot(staff, `tiers-preview.${lang}`);
      await staff.locator('nav.moves a').last().click();
      await expect(staff.locator('nav.moves a').last()).toHaveAttribute('aria-current', 'page');
      await anna.reload();
      await expect(anna.locator('main')).not.toContainText(steel);

      // A pilot of nobody is refused; one of her country moves her, and nobody else.
      const pilot = staff.locator('details:has(#countries)');
      const country = async (code: string) => {
        if (!(await pilot.locator('input[name=countries]').isVisible())) await pilot.locator('summary').click();
        await pilot.locator('input[name=countries]').fill(code);
        const confirm = pilot.locator('input[name=confirmed]');
        if (await confirm.count()) await confirm.check();
        await pilot.locator('[type=submit]').click();
      };
      await country('NO');
      await expect(staff.getByRole('alert')).toContainText(said.nobody);
      await look(staff);
      await country('LI');
      await settled(said.pilot);
      await look(staff);
      await shoot(staff, `tiers-pilot.${lang}`);
      await anna.reload();
      await expect(anna.locator('main')).toContainText(steel);
      // She has brought nobody yet, so no condition of any tier is met.
      await expect(anna.locator('.missing li[data-done]')).toHaveCount(0);
      expect(await anna.locator('.missing li').count()).toBeGreaterThan(4);
      await look(anna);
      await shoot(anna, `tiers-advocate.${lang}`);

      // For everybody, and back.
      await decide('all', said.all);
      await look(staff);
      await shoot(staff, `tiers-rolled-out.${lang}`);
      await expect(staff.locator('section[aria-labelledby=rollout] table')).toBeVisible();
      await staff.goto('/manage/incentives/new');
      await expect(staff.locator('select[name=min_tier]')).toContainText(steel);
      await staff.goto('/manage/tiers');
      await staff.locator('form[action="/manage/tiers/rollout"] button[value=undo]').click();
      await gone();
      await anna.reload();
      await expect(anna.locator('main')).not.toContainText(steel);
      await Promise.all([staffs.close(), annas.close()]);
      await page.close();
    });
  });
}
