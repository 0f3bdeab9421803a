// The ways in: by the code of a mail, by its link, and by the company's identity provider.
import { askForMail, codeIn, enterCode, expect, expectSignedIn, linkIn, signIn, test } from '../fixtures/test.ts';

/** Each test has an administrator of its own: one person's codes are throttled, and a code works once. */
async function admin(
  portal: { command(...argv: string[]): Promise<string> },
  who: string,
  lang: 'de' | 'en' = 'de',
): Promise<string> {
  const email = `${who}@gastgeber.example`;
  await portal.command('admin', 'create', '--email', email, '--name', `Ada ${who}`, '--language', lang);
  return email;
}

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test('by code @postgres', async ({ page, portal, mails }) => {
      await signIn(page, mails, await admin(portal, `by-code-${lang}`, lang));
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
    });

    test('by link, in the browser that asked', async ({ page, portal, mails }) => {
      const email = await admin(portal, `by-link-${lang}`, lang);
      await askForMail(page, email);
      const link = linkIn(await mails.waitFor(email));
      expect(link.startsWith(`${portal.url}/`)).toBe(true);

      // A scanner in the mail server opens every link first; that must not use it up.
      const scan = await fetch(link);
      expect(scan.status).toBeLessThan(500);

      await page.goto(link);
      // Where opening alone signs nobody in, the page has the one button that does.
      const confirm = page.locator('main form [type=submit]');
      if (new URL(page.url()).pathname.startsWith('/sign-in')) await confirm.first().click();
      await expectSignedIn(page);
    });
  });
}

test('a code works once', async ({ page, portal, mails, browser }) => {
  const email = await admin(portal, 'once');
  await askForMail(page, email);
  const code = codeIn(await mails.waitFor(email));
  await enterCode(page, code);
  await expectSignedIn(page);

  const other = await browser.newContext({ baseURL: portal.url, javaScriptEnabled: false });
  const second = await other.newPage();
  await askForMail(second, email);
  await enterCode(second, code);
  await expect(second.getByRole('alert').first()).toBeVisible();
  await other.close();
});

test("by the company's identity provider @postgres", async ({ page, portal, identity }) => {
  identity.signsIn(await admin(portal, 'by-provider'));
  await page.goto('/sign-in');
  await page.getByRole('link', { name: /Corp/ }).click();
  await expectSignedIn(page);
});

test('the identity provider refuses', async ({ page, identity }) => {
  identity.signsIn(undefined);
  await page.goto('/sign-in');
  await page.getByRole('link', { name: /Corp/ }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(page.locator('input[name=email]')).toBeVisible();
});

test('a second provider has its own button and its own client', async ({ page, portal, identity }) => {
  identity.signsIn(await admin(portal, 'by-partner'));
  await page.goto('/sign-in');
  await expect(page.getByRole('link', { name: /Corp/ })).toBeVisible();
  await page.getByRole('link', { name: /Werkbank/ }).click();
  await expectSignedIn(page);
});

test('an address that the provider has not verified is nobody’s', async ({ page, portal, identity }) => {
  identity.signsIn(await admin(portal, 'unverified'), { verified: false });
  await page.goto('/sign-in');
  await page.getByRole('link', { name: /Corp/ }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await page.goto('/profile');
  await expect(page.locator('input[name=email]')).toBeVisible();
});

// The provider itself answers as it always does; what was tampered with is what this browser was sent away with.
for (const word of ['state', 'nonce']) {
  test(`another ${word} than the one this browser left with`, async ({ page, portal, identity }) => {
    identity.signsIn(await admin(portal, `wrong-${word}`));
    const away = await page.request.get('/sign-in/with/corp', { maxRedirects: 0 });
    const address = new URL(away.headers().location ?? '');
    expect(address.searchParams.get(word), 'what the portal sends the browser away with').toBeTruthy();
    address.searchParams.set(word, 'somebody-elses');
    await page.goto(address.href);
    await expect(page).toHaveURL(/\/sign-in\?form=/);
    await expect(page.getByRole('alert').first()).toBeVisible();
    await page.goto('/profile');
    await expect(page.locator('input[name=email]')).toBeVisible();
  });
}
