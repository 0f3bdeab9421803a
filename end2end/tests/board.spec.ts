// The board in two hands: cards that are dragged or carried by keyboard, a colleague who was faster, and a session that ends
// over a form.
import type { Page } from '@playwright/test';
import { be, speak } from '../fixtures/faces.ts';
import { axe, expect, shoot, test } from '../fixtures/test.ts';

test.use({ demo: true });
test.setTimeout(300_000);

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
  await expect(said).toHaveText(`${company}: Probebetrieb`);
  await page.keyboard.press('Escape');
  await expect(said).toContainText('Abgebrochen');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toBeVisible();
  const own = page.locator('.lane', { has: page.locator('h3', { hasText: 'Probebetrieb' }) });
  await expect(own.locator('h4', { hasText: company }).first()).toBeVisible();
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

for (const [locale, lang, said, who, admin] of [
  ['de-DE', 'de', 'noch da', /Empfehlende/, /Administration/],
  ['en-GB', 'en', 'still there', /Advocate/, /Administrator/],
] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test('a session that ends over a form loses nothing', async ({ page, context }) => {
      await be(page, who);
      await page.goto('/refer');
      await page.locator('input[name=company]').fill('Sitzungsende GmbH');
      await page.locator('textarea[name=reason]').fill('Ein langer Text, den niemand zweimal tippt.');
      await context.clearCookies();
      await page.locator('main form [type=submit]').click();
      await expect(page).toHaveURL(/\/sign-in/);
      await expect(page.getByRole('status')).toContainText(said);
      await axe(page);
      await shoot(page, `interrupted.${lang}`);
      await page.locator('form[action="/demo/sign-in"] button', { hasText: who }).first().click();
      await expect(page).toHaveURL(/\/refer\?form=/);
      await expect(page.locator('input[name=company]')).toHaveValue('Sitzungsende GmbH');
      await expect(page.locator('textarea[name=reason]')).toHaveValue('Ein langer Text, den niemand zweimal tippt.');
    });

    test('a session that ends over a file loses the file alone', async ({ page, context }) => {
      await be(page, admin);
      await page.goto('/manage/import');
      await page.locator('input[name=country]').fill('AT');
      await page.locator('textarea[name=mapping]').fill('Konzern=company');
      const buffer = Buffer.from('Konzern;Land\nSitzungsende GmbH;AT\n'.repeat(100_000));
      await page.locator('input[type=file]').setInputFiles({ name: 'kunden.csv', mimeType: 'text/csv', buffer });
      await context.clearCookies();
      await page.locator('form[enctype] [type=submit]').click();
      await expect(page).toHaveURL(/\/sign-in/);
      await page.locator('form[action="/demo/sign-in"] button', { hasText: admin }).first().click();
      await expect(page).toHaveURL(/\/manage\/import\?form=/);
      await expect(page.locator('input[name=country]')).toHaveValue('AT');
      await expect(page.locator('textarea[name=mapping]')).toHaveValue('Konzern=company');
      // Whoever is signed in reads their own language, whatever the browser asks for.
      await expect(page.locator('#file-error')).toContainText('wählen Sie die Datei noch einmal');
      await axe(page);
    });
  });
}

test('a card that is carried is said in English too @js', async ({ page }) => {
  await be(page, MANAGER);
  await page.goto('/work/board');
  await speak(page, 'en');
  try {
    const picked = card(page, 'meeting');
    const company = await picked.locator('h4').innerText();
    const said = page.locator('[data-say]');
    await picked.locator('[data-pick]').focus();
    await page.keyboard.press('Enter');
    await expect(said).toContainText(`${company} is picked up`);
    await page.keyboard.press('ArrowRight');
    await expect(said).toHaveText(`${company}: Proof of concept`);
    // Nothing is moved: what is carried can be put back.
    await page.keyboard.press('Escape');
    await expect(said).not.toContainText('Proof of concept');
  } finally {
    await speak(page, 'de');
  }
});

for (const [lang, who] of [
  ['de', { company: 'Alpenglanz Pumpen AG', name: 'Urs Keller', masked: 'U… K…', country: 'AT', told: 'spricht die Person einmal an' }],
  ['en', { company: 'Danube Drives AG', name: 'Ursula Kern', masked: 'U… K…', country: 'DE', told: 'speaks to the person once' }],
] as const) {
  test(`an advocate asks for a call, the account manager speaks once and writes the answer down, ${lang} @postgres`, async ({
    page,
  }) => {
    const as = async (role: RegExp, path: string) => {
      await be(page, role);
      await page.goto(path);
      await speak(page, lang);
    };
    // The first advocate of the demonstration is looked after by its first account manager.
    const roles = [/Programmleitung/, /Empfehlende/, MANAGER];
    try {
      await as(roles[0]!, '/manage/program/first-contact');
      await axe(page);
      await shoot(page, `first-contact-rules.${lang}`);
      await page.locator('select[name=country]').selectOption(who.country);
      await page.locator('select[name=channel]').selectOption('phone');
      await page.locator('textarea[name=ground]').fill(`Kanzlei Moser, ${who.country}: Anruf erlaubt.`);
      await page.locator('form:has(textarea[name=ground]) [type=submit]').click();
      await expect(page.locator('main')).toContainText(`Kanzlei Moser, ${who.country}`);

      await as(roles[1]!, '/refer');
      await page.locator('input[name=company]').fill(who.company);
      await page.locator('select[name=country]').selectOption(who.country);
      await page.locator('input[name=role]').fill('Leitung Technik');
      await page.locator('textarea[name=reason]').fill('Neue Halle, und im Januar beginnt die Planung.');
      await page.locator('label[for=channel-ask]').click();
      await page.locator('main form [type=submit]').last().click();
      // Asked for a call, but nobody to call.
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expect(page.locator('input[name=company]')).toHaveValue(who.company);
      await page.locator('input[name=ask_name]').fill(who.name);
      await page.locator('input[name=ask_phone]').fill('+43 1 555 01 23');
      await page.locator('select[name=ask_by]').selectOption('phone');
      await page.locator('textarea[name=ask_why]').fill('Wir haben am Montag gesprochen; der Anruf wird erwartet.');
      await axe(page);
      await page.locator('main form [type=submit]').last().click();
      await expect(page).toHaveURL(/\/referrals\//);
      await expect(page.getByRole('status')).toContainText(who.told);
      await shoot(page, `first-contact-asked.${lang}`);

      await as(roles[2]!, '/work/referrals');
      await page.locator('a', { hasText: who.company }).first().click();
      await expect(page.locator('main')).toContainText(who.masked);
      await expect(page.locator('main')).not.toContainText(who.name);
      await axe(page);
      await shoot(page, `first-contact-masked.${lang}`);
      await page.locator('form[action$="/reveal"] [type=submit]').click();
      await expect(page.locator('main')).toContainText(who.name);
      await axe(page);
      await shoot(page, `first-contact-answer.${lang}`);
      await page.locator('input[name=answer][value=yes]').check();
      await page.locator('form[action$="/answer"] [type=submit]').click();
      // A yes without the words is no consent.
      await expect(page.getByRole('alert').first()).toBeVisible();
      await page.locator('input[name=said]').check();
      await page.locator('form[action$="/answer"] [type=submit]').click();
      await expect(page.locator('[data-contact=given]')).toContainText(who.name);
    } finally {
      // The demonstration's people are shared by all tests of this file, and so is their language.
      for (const role of roles) {
        await be(page, role);
        await speak(page, 'de');
      }
    }
  });
}
