// A programme's own stages: marketing shapes them, the account manager works with them, the advocate is told nothing of them.
import type { Page } from '@playwright/test';
import { be, speak } from '../fixtures/faces.ts';
import { axe, expect, shoot, test } from '../fixtures/test.ts';

test.use({ demo: true });
test.setTimeout(420_000);

const [MARKETING, MANAGER, ADVOCATE] = [/Programmleitung/, /Kundenbetreuung/, /Empfehlende/];

for (const [lang, said] of [
  [
    'de',
    {
      half: 'in beiden Sprachen',
      pays: 'zahlt ein Dankeschön',
      stands: 'stehen noch offene Empfehlungen',
      own: 'Angebot besprochen',
      other: 'Offer discussed',
      at: 'meeting',
    },
  ],
  [
    'en',
    {
      half: 'in both languages',
      pays: 'pays at this step',
      stands: 'still stand here',
      own: 'Budget agreed',
      other: 'Budget vereinbart',
      at: 'qualified',
    },
  ],
] as const) {
  test(`a programme gets a stage of its own, ${lang} @postgres`, async ({ page }) => {
    const as = async (role: RegExp, path: string) => {
      await be(page, role);
      await page.goto(path);
      await speak(page, lang);
    };
    const save = (form: Page) => form.locator('form[action="/manage/program/stages"] [type=submit]').click();
    // A row that is still free, by its number.
    const free = async () => (await page.locator('input[name^=between_][name$=_id]').count()) - 1;
    try {
      await as(MARKETING, '/manage/program');
      await page.locator('a[href="/manage/program/stages"]').click();
      await axe(page);
      await shoot(page, `stages.${lang}`);
      const row = await free();
      // One language is not enough, and a step that pays stays; what was typed is kept.
      await page.locator(`#between_${row}_${lang}`).fill(said.own);
      await page.locator(`#between_${row}_after`).selectOption(said.at);
      await page.locator('#meeting_out').check();
      await save(page);
      await expect(page.getByRole('alert').first()).toContainText(said.half);
      await page.locator(`#between_${row}_${lang === 'de' ? 'en' : 'de'}`).fill(said.other);
      await save(page);
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expect(page.locator('#meeting_out')).toBeChecked();
      await axe(page);
      await shoot(page, `stages-refused.${lang}`);
      await page.locator('#meeting_out').uncheck();
      await save(page);
      await expect(page.getByRole('status')).toBeVisible();
      await expect(page.locator(`#between_${row}_${lang}, #between_${row - 1}_${lang}`).first()).toBeVisible();

      // The account manager finds the lane, moves a referral into it with a remark, and finds it by the list's filter.
      await as(MANAGER, '/work/board');
      const lane = page.locator('.lane', { has: page.locator('h3', { hasText: said.own }) });
      await expect(lane).toBeVisible();
      await shoot(page, `board-own-stage.${lang}`);
      const from = page.locator(`.lane[data-stage=${said.at}] .ticket[data-movable] h4 a`).first();
      const company = await from.innerText();
      await from.click();
      await page.locator('select[name=move]').selectOption({ label: said.own });
      await page.locator('textarea[name=note]').fill('Zahlen liegen vor.');
      await page.locator('form[action$="/stage"] [type=submit]').click();
      await expect(page.getByRole('status')).toBeVisible();
      await expect(page.locator('#now')).toHaveText(said.own);
      await expect(page.locator('aside .stem')).toContainText(said.own);
      await expect(page.locator('aside .stem')).toContainText('Zahlen liegen vor.');
      await axe(page);
      await shoot(page, `own-stage.${lang}`);
      await page.goto('/work/referrals');
      await page.locator('select[name=stage]').selectOption({ label: `– ${said.own}` });
      await page.locator('.filters [type=submit]').click();
      await expect(page.locator('tbody th')).toHaveText([company]);

      // What is due, the most urgent first.
      await page.goto('/work/due');
      await expect(page.locator('tbody tr').first()).toBeVisible();
      await axe(page);
      await shoot(page, `due.${lang}`);

      // Nobody is left behind on a stage that goes.
      await as(MARKETING, '/manage/program/stages');
      const fields = page.locator('fieldset', { has: page.locator(`input[value="${said.own}"]`) });
      await fields.locator('input[type=checkbox]').check();
      await save(page);
      await expect(page.getByRole('alert').first()).toContainText(said.stands);

      await as(ADVOCATE, '/referrals');
      await expect(page.locator('main')).not.toContainText(said.own);
    } finally {
      for (const role of [MARKETING, MANAGER, ADVOCATE]) {
        await be(page, role);
        await speak(page, 'de');
      }
    }
  });
}
