// A contact opens an advocate's link, fills in the form, agrees by the button behind the mail, and withdraws.
import type { Page } from '@playwright/test';
import { advocate } from '../fixtures/company.ts';
import { axe, expect, linkIn, shoot, test } from '../fixtures/test.ts';

async function fillIn(page: Page, email: string): Promise<void> {
  await page.locator('input[name=name]').fill('Jens Lund');
  await page.locator('input[name=company]').fill('Ravensteiner Hydraulik GmbH');
  await page.locator('input[name=email]').fill(email);
  await page.locator('select[name=kind]').selectOption('private_company');
}

const send = (page: Page) => page.locator('form:has(input[name=email]) [type=submit]').click();

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test.describe(lang, () => {
    test.use({ locale });

    test('from the link to consent, and back @postgres', async ({ page, portal, mails, browser }, testInfo) => {
      // Six pages, each looked at in two themes and two widths.
      test.setTimeout(300_000);
      const who = `anna-${lang}-${testInfo.project.name}`;
      const email = `jens@ravensteiner-${lang}-${testInfo.project.name}.example`;
      const { code } = await advocate({ portal, mails, browser }, who, 'Anna Berger');

      await page.goto(`/r/${code}`);
      expect(new URL(page.url()).pathname).toBe(`/l/${code}`);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.getByRole('heading', { name: /Anna Berger/ })).toBeVisible();
      await expect(page.locator('input[name=consent]')).not.toBeChecked();
      // The link to hand on to a colleague: shown, and no field for anybody's address.
      await expect(page.locator('.hand-on', { hasText: `/r/${code}` })).toBeVisible();
      await axe(page);
      await shoot(page, `landing.${lang}`);

      // Without the tick nothing happens, and nothing that was typed is lost.
      await fillIn(page, email);
      await send(page);
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expect(page.locator('input[name=email]')).toHaveValue(email);
      await axe(page);
      await shoot(page, `landing-refused.${lang}`);

      await page.locator('input[name=time]').fill('dienstags ab 14 Uhr');
      await page.locator('input[name=consent]').check();
      await send(page);
      await expect(page).toHaveURL(/\/consent\/sent$/);
      await axe(page);

      const link = linkIn(await mails.waitFor(email));
      // A scanner in the mail server opens the link first; that must give nothing.
      expect((await fetch(link)).status).toBe(200);
      await page.goto(link);
      await axe(page);
      await shoot(page, `confirm.${lang}`);
      await page.locator('form:not(.refuse) > [type=submit]').first().click();

      await expect(page).toHaveURL(/\/my\//);
      const mine = page.url();
      await expect(page.locator('input[name=name]')).toHaveValue('Jens Lund');
      await expect(page.locator('input[name=time]')).toHaveValue('dienstags ab 14 Uhr');
      await axe(page);
      await shoot(page, `mine.${lang}`);

      await page.locator('input[name=name]').fill('Jens A. Lund');
      await page.locator('form:has(input[name=name]) [type=submit]').click();
      await expect(page.getByRole('status')).toBeVisible();
      await expect(page.locator('input[name=name]')).toHaveValue('Jens A. Lund');

      // More than the five states only where the box is ticked, and no longer than that.
      const steps = page.locator('input[name=steps]');
      await expect(steps).not.toBeChecked();
      for (const allowed of [true, false]) {
        await steps.setChecked(allowed);
        // The page that comes back has the same address, and the box stands there as it was ticked.
        const loaded = page.waitForEvent('load');
        await page.locator('form:has(input[name=name]) [type=submit]').click();
        await loaded;
        await expect(steps).toBeChecked({ checked: allowed });
      }

      await page.locator('form[action$="/withdraw"] [type=submit]').click();
      await expect(page.getByRole('status')).toBeVisible();
      await expect(page.locator('form[action$="/withdraw"]')).toHaveCount(0);
      await page.locator('form[action$="/object"] [type=submit]').click();
      await expect(page).toHaveURL(/\/consent\/objected$/);
      await axe(page);
      expect((await page.request.get(mine)).status()).toBe(404);
      expect(mails.to(email)).toHaveLength(1);
    });

    test('an advocate who does not want to be named is named nowhere', async ({ page, portal, mails, browser }, testInfo) => {
      test.setTimeout(300_000);
      const who = `nora-${lang}-${testInfo.project.name}`;
      const email = `jens@nordwind-${lang}-${testInfo.project.name}.example`;
      const { code } = await advocate({ portal, mails, browser }, who, 'Nora Namenlos', 'nobody');
      const unnamed = async () => {
        // Nor by the address of the link, which is made of the name of whoever wants to be known.
        expect(page.url() + (await page.content())).not.toMatch(/namenlos|Mühlenau/i);
      };

      await page.goto(`/r/${code}`);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await unnamed();
      await axe(page);
      await shoot(page, `landing-unnamed.${lang}`);
      await fillIn(page, email);
      await page.locator('input[name=consent]').check();
      await send(page);
      const mail = await mails.waitFor(email);
      expect(mail.subject + mail.text + mail.html).not.toMatch(/namenlos|Mühlenau/i);
      await page.goto(linkIn(mail));
      await unnamed();
      await page.locator('form:not(.refuse) > [type=submit]').first().click();
      await expect(page).toHaveURL(/\/my\//);
      await unnamed();
    });
  });
}

test('a link that leads nowhere says so kindly, and takes a code', async ({ page, portal, mails, browser, tolerate }, testInfo) => {
  tolerate(/status of 404/);
  const { code } = await advocate({ portal, mails, browser }, `code-${testInfo.project.name}`, 'Cora Code');
  const response = await page.goto('/r/nobody-at-all');
  expect(response?.status()).toBe(404);
  await axe(page);
  await page.locator('input[name=code]').fill('NIEMAND-99');
  await page.locator('form:has(input[name=code]) [type=submit]').click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await page.locator('input[name=code]').fill(code);
  await page.locator('form:has(input[name=code]) [type=submit]').click();
  expect(new URL(page.url()).pathname).toBe(`/l/${code}`);
});

test('a refusal on the landing page needs no data, and no cookie is set unless asked for', async (
  { page, portal, mails, browser, context },
  testInfo,
) => {
  const name = testInfo.project.name;
  const { code } = await advocate({ portal, mails, browser }, `merk-${name}`, 'Mara Merk');
  const remembers = async () =>
    (await context.cookies()).find((cookie) => cookie.name === 'dreiklang_recommendation');
  await page.goto(`/r/${code}`);
  expect(await remembers()).toBeUndefined();
  await page.locator('summary', { hasText: 'auf diesem Gerät merken' }).click();
  await page.locator('form[action$="/remember"] [type=submit]').click();
  await expect(page.getByRole('status')).toBeVisible();
  expect((await remembers())?.httpOnly).toBe(true);
  await axe(page);
  await shoot(page, 'remembered');

  // Another advocate's link, later on the same device: the first counts, and the page says so.
  const other = await advocate({ portal, mails, browser }, `spaet-${name}`, 'Sven Später');
  await page.goto(`/r/${other.code}`);
  await expect(page.locator('[data-another]')).toBeVisible();
  await expect(page.locator('input[name=email]')).toHaveCount(0);
  await axe(page);
  await shoot(page, 'another-remembered');
  await page.locator('[data-another] form [type=submit]').click();
  await expect(page.locator('input[name=email]')).toBeVisible();
  expect(await remembers()).toBeUndefined();

  await page.locator('form.refuse [type=submit]').click();
  await expect(page).toHaveURL(/\/consent\/refused$/);
});
