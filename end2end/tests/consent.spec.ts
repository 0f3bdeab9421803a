// A contact opens an advocate's link, fills in the form, agrees by the button behind the mail, and withdraws.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { axe, expect, linkIn, shoot, test } from '../fixtures/test.ts';

/** An advocate with a link in this portal's database. */
async function advocate(dataDir: string, who: string, name: string, shareName: 'yes' | 'no'): Promise<string> {
  const script = join(import.meta.dirname, '..', 'fixtures', 'link-company.py');
  const { stdout } = await promisify(execFile)('python3', [script, dataDir, who, name, shareName]);
  return stdout.trim();
}

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

    test('from the link to consent, and back', async ({ page, portal, mails }, testInfo) => {
      // Six pages, each looked at in two themes and two widths.
      test.setTimeout(120_000);
      const who = `anna-${lang}-${testInfo.project.name}`;
      const email = `jens@ravensteiner-${lang}-${testInfo.project.name}.example`;
      const code = await advocate(portal.dataDir, who, 'Anna Berger', 'yes');

      await page.goto(`/r/${code}`);
      expect(new URL(page.url()).pathname).toBe(`/l/${code}`);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.getByRole('heading', { name: /Anna Berger/ })).toBeVisible();
      await expect(page.locator('input[name=consent]')).not.toBeChecked();
      await axe(page);
      await shoot(page, `landing.${lang}`);

      // Without the tick nothing happens, and nothing that was typed is lost.
      await fillIn(page, email);
      await send(page);
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expect(page.locator('input[name=email]')).toHaveValue(email);
      await axe(page);
      await shoot(page, `landing-refused.${lang}`);

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
      await axe(page);
      await shoot(page, `mine.${lang}`);

      await page.locator('input[name=name]').fill('Jens A. Lund');
      await page.locator('form:has(input[name=name]) [type=submit]').click();
      await expect(page.getByRole('status')).toBeVisible();
      await expect(page.locator('input[name=name]')).toHaveValue('Jens A. Lund');

      await page.locator('form[action$="/withdraw"] [type=submit]').click();
      await expect(page.getByRole('status')).toBeVisible();
      await expect(page.locator('form[action$="/withdraw"]')).toHaveCount(0);
      await page.locator('form[action$="/object"] [type=submit]').click();
      await expect(page).toHaveURL(/\/consent\/objected$/);
      await axe(page);
      expect((await page.request.get(mine)).status()).toBe(404);
      expect(mails.to(email)).toHaveLength(1);
    });
  });
}

test('an advocate who does not want to be named is not', async ({ page, portal }, testInfo) => {
  const code = await advocate(portal.dataDir, `still-${testInfo.project.name}`, 'Stella Still', 'no');
  await page.goto(`/r/${code}?ch=qr`);
  expect(await page.content()).not.toContain('Stella');
  await axe(page);
  await page.locator('form.refuse [type=submit]').click();
  await expect(page).toHaveURL(/\/consent\/refused$/);
});

test('a link that leads nowhere says so kindly, and takes a code', async ({ page, portal, tolerate }, testInfo) => {
  tolerate(/status of 404/);
  const code = await advocate(portal.dataDir, `code-${testInfo.project.name}`, 'Cora Code', 'yes');
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
