// What must hold before any feature: the server is alive, speaks both languages, is reachable by keyboard, and says no kindly.
import { askForMail, axe, enterCode, expect, shoot, test } from '../fixtures/test.ts';

test('the probes answer @postgres', async ({ request }) => {
  for (const probe of ['/healthz', '/readyz']) {
    const response = await request.get(probe);
    expect(response.status(), probe).toBe(200);
  }
});

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test('the sign-in page speaks the language of the browser', async ({ page }) => {
      const response = await page.goto('/sign-in');
      expect(response?.status()).toBe(200);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('input[name=email]')).toBeVisible();
      await axe(page);
      await shoot(page, `sign-in.${lang}`);
    });

    test('an unknown address leads to a friendly page with a way on', async ({ page, tolerate }) => {
      tolerate(/status of 404/);
      const response = await page.goto('/no/such/page');
      expect(response?.status()).toBe(404);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('h1')).toBeVisible();
      await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
      await axe(page);
      await shoot(page, `not-found.${lang}`);
    });

    test('a wrong code is refused with a sentence @postgres', async ({ page, tolerate }) => {
      // The page may come with 422: that is the refusal under test.
      tolerate(/status of 422/);
      await askForMail(page, `nobody.${lang}@kunde.example`);
      await enterCode(page, '000000');
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expect(page.locator('input[name=code]')).toBeVisible();
      expect(new URL(page.url()).pathname).toMatch(/^\/sign-in/);
      await axe(page);
      await shoot(page, `wrong-code.${lang}`);
    });
  });
}

test('the first press of Tab offers the way to the content', async ({ page }) => {
  await page.goto('/sign-in');
  await page.keyboard.press('Tab');
  const skip = page.locator('a:focus');
  await expect(skip).toBeVisible();
  await expect(skip).toHaveAttribute('href', /#./);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#./);
  await expect(page.getByRole('main')).toBeInViewport();
});

test('the answer is the same whether or not the address is known', async ({ page, portal, mails }) => {
  await portal.command('admin', 'create', '--email', 'known@gastgeber.example', '--name', 'Klara Kent');
  const answer = async (email: string) => {
    await askForMail(page, email);
    const text = await page.getByRole('main').innerText();
    return text.replaceAll(email, 'ADDRESS');
  };
  const toUnknown = await answer('stranger@kunde.example');
  const toKnown = await answer('known@gastgeber.example');
  expect(toUnknown).toBe(toKnown);
  await mails.waitFor('known@gastgeber.example');
  expect(mails.to('stranger@kunde.example')).toEqual([]);
});
