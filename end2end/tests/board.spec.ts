// The board in two hands: cards that are dragged or carried by keyboard, a colleague who was faster, and a session that ends
// over a form.
import type { Page } from '@playwright/test';
import { be, speak } from '../fixtures/faces.ts';
import { axe, expect, shoot, test } from '../fixtures/test.ts';

test.use({ demo: true });
test.setTimeout(120_000);

const MANAGER = /Kundenbetreuung/;
const card = (page: Page, lane: string) => page.locator(`.lane[data-stage=${lane}] .ticket[data-movable]`).first();
const lane = (page: Page, stage: string) => page.locator(`[data-board] [data-stage=${stage}]`);

test('a card is dragged to a later stage @js', async ({ page }) => {
  await be(page, MANAGER);
  await page.goto('/work/board');
  const company = await card(page, 'meeting').locator('h4').innerText();
  await card(page, 'meeting').dragTo(lane(page, 'qualified').locator('header'));
  await expect(page.getByRole('status')).toBeVisible();
  await expect(lane(page, 'qualified').locator('h4', { hasText: company }).first()).toBeVisible();
  await shoot(page, 'board-moved');
});

test('a card dropped where more is asked leads to its form with the stage chosen @js', async ({ page }) => {
  await be(page, MANAGER);
  await page.goto('/work/board');
  await card(page, 'meeting').dragTo(lane(page, 'contacted').locator('header'));
  await expect(page).toHaveURL(/\/work\/referrals\/.*move=back-contacted/);
  await expect(page.locator('select[name=move]')).toHaveValue('back-contacted');
});

test('a card is carried by keyboard, and each step is said @js', async ({ page }) => {
  await be(page, MANAGER);
  await page.goto('/work/board');
  const picked = card(page, 'meeting');
  const company = await picked.locator('h4').innerText();
  const said = page.locator('[data-say]');
  await picked.locator('[data-pick]').focus();
  await page.keyboard.press('Enter');
  await expect(said).toContainText(company);
  await expect(page.locator('.ends')).toBeVisible();
  await axe(page);
  await shoot(page, 'board-picked');
  await page.keyboard.press('ArrowRight');
  await expect(said).toHaveText(`${company}: Bedarf bestätigt`);
  await page.keyboard.press('Escape');
  await expect(said).toContainText('Abgebrochen');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toBeVisible();
  await expect(lane(page, 'qualified').locator('h4', { hasText: company }).first()).toBeVisible();
});

for (const [lang, from, said] of [
  ['de', 'meeting', { stored: 'Das ist jetzt gespeichert', qualified: 'Bedarf bestätigt' }],
  ['en', 'contacted', { stored: 'This is stored now', qualified: 'Need confirmed' }],
] as const) {
  test(`whoever comes second sees both versions, ${lang}`, async ({ page, context }) => {
    await be(page, MANAGER);
    await page.goto('/work/board');
    await speak(page, lang);
    try {
      const href = await card(page, from).locator('h4 a').getAttribute('href');
      await page.goto(href!);
      const second = await context.newPage();
      await second.goto(href!);
      await page.locator('select[name=move]').selectOption('qualified');
      await page.locator('form[action$="/stage"] [type=submit]').click();
      await expect(page.getByRole('status')).toBeVisible();

      await second.locator('select[name=move]').selectOption('lost');
      await second.locator('select[name=reason]').selectOption('timing');
      await second.locator('textarea[name=note]').fill('Erst im Frühjahr wieder.');
      await second.locator('form[action$="/stage"] [type=submit]').click();
      const both = second.locator('[data-conflict]');
      await expect(both).toContainText(said.stored);
      await expect(both).toContainText(said.qualified);
      await expect(both).toContainText('Miriam Vogt');
      await expect(both).toContainText('Erst im Frühjahr wieder.');
      await expect(second.locator('textarea[name=note]')).toHaveValue('Erst im Frühjahr wieder.');
      await axe(second);
      await shoot(second, `both-versions.${lang}`);
    } finally {
      // The demonstration's people are shared by all tests of this file, and so is their language.
      await page.goto('/work/board');
      await speak(page, 'de');
    }
  });
}

test('a session that ends over a form loses nothing', async ({ page, context }) => {
  await be(page, /Empfehlende/);
  await page.goto('/refer');
  await page.locator('input[name=company]').fill('Sitzungsende GmbH');
  await page.locator('textarea[name=reason]').fill('Ein langer Text, den niemand zweimal tippt.');
  await context.clearCookies();
  await page.locator('main form [type=submit]').click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole('status')).toContainText('noch da');
  await axe(page);
  await shoot(page, 'interrupted');
  await page.locator('form[action="/demo/sign-in"] button', { hasText: /Empfehlende/ }).first().click();
  await expect(page).toHaveURL(/\/refer\?form=/);
  await expect(page.locator('input[name=company]')).toHaveValue('Sitzungsende GmbH');
  await expect(page.locator('textarea[name=reason]')).toHaveValue('Ein langer Text, den niemand zweimal tippt.');
});

test('the account manager looks, speaks once, and writes the answer down @postgres', async ({ page }) => {
  await be(page, /Programmleitung/);
  await page.goto('/manage/program/first-contact');
  await axe(page);
  await shoot(page, 'first-contact-rules');
  await page.locator('select[name=country]').selectOption('AT');
  await page.locator('select[name=channel]').selectOption('in_person');
  await page.locator('textarea[name=ground]').fill('Kanzlei Moser, 2. November: Gespräch am Messestand erlaubt.');
  await page.locator('form:has(textarea[name=ground]) [type=submit]').click();
  await expect(page.locator('main')).toContainText('Kanzlei Moser');

  await be(page, MANAGER);
  await page.goto('/work/referrals');
  await page.locator('a', { hasText: 'Bodensee Pumpen AG' }).first().click();
  await expect(page.locator('main')).toContainText('U… K…');
  await expect(page.locator('main')).not.toContainText('Urs Keller');
  await axe(page);
  await shoot(page, 'first-contact-masked');
  await page.locator('form[action$="/reveal"] [type=submit]').click();
  await expect(page.locator('main')).toContainText('Urs Keller');
  await axe(page);
  await shoot(page, 'first-contact-answer');
  await page.locator('input[name=answer][value=yes]').check();
  await page.locator('form[action$="/answer"] [type=submit]').click();
  // A yes without the words is no consent.
  await expect(page.getByRole('alert').first()).toBeVisible();
  await page.locator('input[name=said]').check();
  await page.locator('form[action$="/answer"] [type=submit]').click();
  await expect(page.locator('[data-contact=given]')).toContainText('Urs Keller');
});
