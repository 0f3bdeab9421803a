// The demonstration, seen as each of its people: every page that the bars offer, and the main job from form to promise.
import type { Page } from '@playwright/test';
import { expect, shoot, test } from '../fixtures/test.ts';

test.use({ demo: true });
test.setTimeout(60_000);

async function be(page: Page, role: RegExp): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('form[action="/demo/sign-in"] button', { hasText: role }).first().click();
  await expect(page.locator('form[action*="sign-out"]').first()).toBeAttached();
}

/** Opens everything the bars lead to; each page answers, has one heading, and fits a phone. */
async function tour(page: Page, name: string): Promise<void> {
  const bars = page.locator('.topbar nav a, .subbar a');
  const paths = await bars.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(paths.length).toBeGreaterThan(1);
  for (const path of new Set(paths)) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.locator('h1')).toHaveCount(1);
    await page.setViewportSize({ width: 390, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${path} is too wide for a phone`).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    await shoot(page, `${name}${path.replaceAll('/', '-')}`);
  }
}

for (const [locale, lang, roles] of [
  ['de-DE', 'de', { advocate: /Empfehlende/, manager: /Kundenbetreuung/, marketing: /Programmleitung/, admin: /Administration/ }],
] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    for (const [name, role] of Object.entries(roles)) {
      test(`everything that ${name} is offered`, async ({ page }) => {
        await be(page, role);
        await tour(page, `${lang}-${name}`);
      });
    }

    test('an advocate refers, and carries the link on themselves @postgres', async ({ page }, { project }) => {
      const company = `Neuhaus Werkzeuge ${project.name} GmbH`;
      await be(page, roles.advocate);
      await page.goto('/refer');
      await page.locator('input[name=company]').fill(company);
      await page.locator('textarea[name=reason]').fill('Zweite Linie seit Herbst.');
      await page.locator('input[name=role]').fill('t.falk@neuhaus.example');
      await page.locator('main form [type=submit]').click();
      await expect(page.getByRole('alert').first()).toContainText('E-Mail-Adresse');
      await expect(page.locator('input[name=company]')).toHaveValue(company);
      await shoot(page, 'refer-refused');
      await page.locator('input[name=role]').fill('Leitung Einkauf');
      // The whole card is the label.
      await page.locator('.choice label', { hasText: 'Kein Dankeschön' }).click();
      await page.locator('main form [type=submit]').click();
      await expect(page.getByRole('heading', { level: 1, name: company })).toBeVisible();
      await expect(page.locator('.stage output')).toContainText('/i/');
      await shoot(page, 'referral');
      const link = await page.locator('.stage output').innerText();

      await page.goto(new URL(link).pathname);
      await expect(page.getByRole('heading', { name: /dafür/ })).toBeVisible();
    });

    test('an account manager takes a referral on, and says thank you', async ({ page }) => {
      await be(page, roles.manager);
      await page.goto('/work/board');
      const ticket = page.locator('.ticket:has(form)').first();
      const company = await ticket.locator('h4').innerText();
      await ticket.locator('form button').click();
      await expect(page.getByRole('status')).toBeVisible();
      await page.locator('.ticket h4 a', { hasText: company }).first().click();
      await expect(page.getByRole('heading', { level: 1, name: company })).toBeVisible();
      await shoot(page, 'work-referral');
      await page.locator('textarea[name=message]').fill('Eine Frage zur zweiten Linie: Seit wann läuft sie?');
      await page.locator('form[action$="/messages"] [type=submit]').click();
      await expect(page.locator('.said', { hasText: 'zweiten Linie' })).toBeVisible();
    });
  });
}
