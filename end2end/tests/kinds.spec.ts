// Each kind of thank-you from the choice to its proof, as advocate and as staff, with what is refused on the way.
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { becomeCustomer, cast } from '../fixtures/cast.ts';
import { axe, expect, shoot, test } from '../fixtures/test.ts';

const SAID = {
  de: {
    mutual: 'Gegenempfehlung',
    donation: 'Spende',
    credit: 'Guthaben',
    access: 'Vorabzugang',
    past: 'Dieser Tag ist vorbei',
    future: 'in der Zukunft',
    asked: /^Hat die Einführung stattgefunden/,
    disputed: 'Niemand hat sich gemeldet',
    confirmed: 'so bestätigt',
    kind: 'PDF-, PNG- oder JPEG-Datei',
    unknown: 'gibt es kein Guthaben',
    stranger: 'gibt es keine Empfehlung',
    reduction: 'Bestätigt von',
  },
  en: {
    mutual: 'Mutual referral',
    donation: 'Donation',
    credit: 'Credit',
    access: 'Early access',
    past: 'This day is over',
    future: 'in the future',
    asked: /^Did the introduction take place/,
    disputed: 'Nobody has called',
    confirmed: 'as confirmed',
    kind: 'PDF, PNG or JPEG file',
    unknown: 'no credit with this reference',
    stranger: 'no referral with this reference',
    reduction: 'Confirmed by',
  },
} as const;

const day = (from: number) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
const save = (page: Page, action: string) => page.locator(`form[action="${action}"] [type=submit]`).click();

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  const said = SAID[lang];
  test(`each of the four kinds runs from choice to proof, ${lang} @postgres`, async ({ portal, mails, browser }, { project }) => {
    test.setTimeout(600_000);
    const scripts = project.use.javaScriptEnabled !== false;
    const look = async (page: Page) => (lang === 'de' ? axe(page) : undefined);
    const { anna, miriam, lena, contact, close } = await cast(portal, mails, browser, `kinds-${lang}`, lang, locale, scripts);
    await miriam.goto('/manage/settings');
    await miriam.locator('#clearing_days').fill('0');
    await miriam.locator('#introduction_days').fill('5');
    await save(miriam, '/manage/settings/rewards');
    await expect(miriam.locator('#introduction_days-error')).toBeVisible();
    await miriam.locator('#introduction_days').fill('30');
    await save(miriam, '/manage/settings/rewards');
    await expect(miriam.getByRole('status')).toBeVisible();
    await lena.goto('/manage/incentives');
    await lena.locator('#name').fill(`Lernwerkstatt ${lang}`);
    await lena.locator('#legal_name').fill(`Lernwerkstatt ${lang} e. V.`);
    await lena.locator('form[action="/manage/organisations"] [type=submit]').click();

    // Chosen by the advocate, earned by the stage, approved by somebody else.
    const earn = async (kind: string, key: string): Promise<string> => {
      const company = `Hafenwerk ${key} ${lang} GmbH`;
      await anna.goto('/refer');
      await anna.locator('.choice label', { hasText: kind }).first().click();
      if (kind === said.donation) await anna.locator('select[name=organisation]').first().selectOption({ label: `Lernwerkstatt ${lang}` });
      await becomeCustomer({ anna, miriam, contact }, mails, company, `jens@hafenwerk-${key}-${lang}.example`);
      await lena.goto('/work/approvals');
      const ready = lena.locator('.rows > li', { hasText: company });
      while ((await ready.count()) > 0) await ready.first().locator('form[action$="/approval"] [type=submit]').click();
      return company;
    };
    const task = (page: Page, company: string, kind: string) =>
      page.locator('.rows > li', { hasText: company }).filter({ hasText: kind }).first();

    // Mutual referral: promised, made, disputed, promised anew, and confirmed by the advocate alone.
    const mutual = await earn(said.mutual, 'gegen');
    const promise = async (due: string, company: string) => {
      await lena.goto('/work/deliveries');
      const form = task(lena, mutual, said.mutual).locator('form[action$="/promise"]');
      await task(lena, mutual, said.mutual).locator('details:has(form[action$="/promise"]) > summary').click();
      await form.locator('input[name=whom]').fill(company);
      await form.locator('input[name=role]').fill('Leitung Einkauf');
      await form.locator('input[name=due]').fill(due);
      await form.locator('[type=submit]').click();
    };
    await promise(day(-2), 'Nordlicht AG');
    await expect(lena.getByRole('alert').first()).toContainText(said.past);
    await expect(lena.locator('input[name=whom]').first()).toHaveValue('Nordlicht AG');
    await look(lena);
    await shoot(lena, `introduction-refused.${lang}`);
    await promise(day(7), 'Nordlicht AG');
    await expect(lena.getByRole('status')).toBeVisible();
    await anna.goto('/rewards/given-and-received');
    await expect(anna.locator('[aria-labelledby=open]')).toContainText('Nordlicht AG');
    await look(anna);
    await shoot(anna, `reciprocity-promised.${lang}`);
    const made = async (on: string) => {
      await lena.goto('/work/deliveries');
      const form = task(lena, mutual, said.mutual).locator('form[action$="/introduction"]');
      await task(lena, mutual, said.mutual).locator('details:has(form[action$="/introduction"]) > summary').click();
      await form.locator('input[name=on]').fill(on);
      await form.locator('[type=submit]').click();
    };
    await made(day(3));
    await expect(lena.getByRole('alert').first()).toContainText(said.future);
    await made(day(0));
    await expect(lena.getByRole('status')).toBeVisible();
    await shoot(lena, `introduction-made.${lang}`);
    const advocate = `anna@polar-kinds-${lang}.example`;
    await expect.poll(() => mails.to(advocate).filter((mail) => said.asked.test(mail.subject)).length).toBe(1);

    await anna.goto('/rewards/given-and-received');
    const asked = anna.locator('[aria-labelledby=open] li', { hasText: mutual });
    await shoot(anna, `reciprocity-asked.${lang}`);
    await asked.locator('summary').last().click();
    await asked.locator('textarea[name=reason]').fill(said.disputed);
    await asked.locator('form:has(textarea[name=reason]) [type=submit]').click();
    await expect(anna.getByRole('status')).toBeVisible();
    await lena.goto('/work/deliveries');
    await expect(task(lena, mutual, said.mutual)).toContainText(said.disputed);
    await look(lena);
    await shoot(lena, `introduction-disputed.${lang}`);
    await promise(day(5), 'Südwind GmbH');
    await made(day(0));
    await anna.goto('/rewards/given-and-received');
    await asked.locator('summary').first().click();
    const yes = asked.locator('form:has(select[name=fit])');
    await yes.locator('select[name=fit]').selectOption('good');
    await yes.locator('textarea[name=note]').fill('Ein gutes Gespräch.');
    await yes.locator('[type=submit]').click();
    await expect(anna.getByRole('status')).toBeVisible();
    await expect(anna.locator('[aria-labelledby=made]')).toContainText('Südwind GmbH');
    await expect(anna.locator('[aria-labelledby=made]')).toContainText(said.confirmed);
    await look(anna);
    await shoot(anna, `reciprocity-confirmed.${lang}`);
    await lena.goto('/work/reciprocity');
    await look(lena);
    await shoot(lena, `reciprocities.${lang}`);
    await lena.getByRole('link', { name: `Polar Kältetechnik kinds-${lang} GmbH` }).click();
    await expect(lena.locator('[aria-labelledby=made]')).toContainText('Ein gutes Gespräch.');
    await look(lena);
    await shoot(lena, `reciprocity-staff.${lang}`);

    // Donation: with its receipt, which the advocate can download and a colleague of hers can't.
    const donation = await earn(said.donation, 'spende');
    await lena.goto('/work/deliveries');
    while ((await lena.locator('.rows > li', { hasText: donation }).filter({ hasText: said.donation }).locator('form[action$="/receipt"]').count()) > 0) {
      const gift = task(lena, donation, said.donation);
      const form = gift.locator('form[action$="/receipt"]');
      const receipt = async (name: string, buffer: Buffer) => {
        await form.locator('input[name=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer });
        await form.locator('[type=submit]').click();
      };
      await gift.locator('details:has(form[action$="/receipt"]) > summary').click();
      await form.locator('input[name=reference]').fill(`SQ-${lang}-1`);
      await receipt('quittung.pdf', Buffer.from('<html>'));
      await expect(lena.getByRole('alert').first()).toContainText(said.kind);
      await expect(form.locator('input[name=reference]')).toHaveValue(`SQ-${lang}-1`);
      await look(lena);
      await shoot(lena, `receipt-refused.${lang}`);
      await receipt('quittung.pdf', Buffer.from('%PDF-1.4 Quittung'));
      await expect(lena.getByRole('status')).toBeVisible();
    }
    await anna.goto('/rewards');
    const given = anna.locator('.rows > li', { hasText: donation }).locator('a[href$="/receipt"]').first();
    const href = (await given.getAttribute('href')) ?? '';
    const file = await anna.request.get(href);
    expect(file.status()).toBe(200);
    expect(file.headers()['content-disposition']).toContain('attachment');
    expect(file.headers()['x-content-type-options']).toBe('nosniff');
    expect(file.headers()['content-type']).toBe('application/pdf');
    expect((await lena.request.get(href)).status()).toBe(404);
    await look(anna);
    await shoot(anna, `rewards-receipt.${lang}`);

    // Credit: to the billing system and back.
    const credited = await earn(said.credit, 'guthaben');
    await lena.goto('/work/deliveries');
    const taxed = task(lena, credited, said.credit);
    await taxed.locator('details:has(form[action$="/category"]) > summary').click();
    await look(lena);
    await shoot(lena, `category.${lang}`);
    await taxed.locator('select[name=category]').selectOption('price_reduction');
    await taxed.locator('form[action$="/category"] [type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await expect(lena.locator('.rows > li', { hasText: credited }).filter({ hasText: said.reduction }).first()).toBeVisible();
    await lena.goto('/work/credits');
    await look(lena);
    await shoot(lena, `credits.${lang}`);
    const reference = await lena.locator('tbody tr', { hasText: `Polar Kältetechnik kinds-${lang}` }).locator('code').innerText();
    const upload = async (text: string) => {
      await lena.locator('input[name=file]').setInputFiles({ name: 'buchungen.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      await lena.locator('form[action="/work/credits"] [type=submit]').click();
    };
    await upload('reference;booking;date\nCR17;RE-1;2026-11-01\n');
    await expect(lena.locator('[aria-labelledby=result]')).toContainText(said.unknown);
    await look(lena);
    await shoot(lena, `credits-refused.${lang}`);
    await upload(`reference;booking;date\n${reference};RE-${lang}-17;${day(0)}\n`);
    await lena.locator('form[action^="/work/credits/book"] [type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await expect(lena.locator('form[action^="/work/credits/book"]')).toHaveCount(0);
    await shoot(lena, `credits-booked.${lang}`);
    await anna.goto('/rewards');
    await expect(anna.locator('.rows')).toContainText(`RE-${lang}-17`);

    // What billing tells of that deal: looked at line by line, recorded once, with a file of what is not taken.
    const template = await (await lena.request.get('/work/conversions/template.csv')).text();
    const deal = template.split('\n').find((line) => line.includes(credited))?.split(';')[1] ?? '';
    const tell = async (lines: string) => {
      await lena.goto('/work/conversions');
      await lena.locator('input[name=file]').setInputFiles({ name: 'meldung.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) });
      await lena.locator('form[action="/work/conversions"] [type=submit]').click();
    };
    await tell('Firma;Land\nHafenwerk;DE\n');
    await expect(lena.locator('#file-error')).toBeVisible();
    await look(lena);
    await shoot(lena, `conversions-refused.${lang}`);
    const told = `event_id;referral;kind;date;amount;currency\nFB-${lang}-1;${deal};upsell;${day(0)};4800,00;EUR\nFB-${lang}-2;RF17;refund;${day(0)};1;EUR\n`;
    await tell(told);
    await expect(lena.locator('[aria-labelledby=result]')).toContainText(credited);
    await expect(lena.locator('[aria-labelledby=result]')).toContainText(said.stranger);
    await expect(lena.locator('a[href^="/work/conversions/errors.csv"]')).toBeVisible();
    await look(lena);
    await shoot(lena, `conversions.${lang}`);
    await lena.locator('form[action^="/work/conversions/take"] [type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await expect(lena.locator('form[action^="/work/conversions/take"]')).toHaveCount(0);
    await tell(told);
    await expect(lena.locator('form[action^="/work/conversions/take"]')).toHaveCount(0);
    await expect(lena.locator('tr', { hasText: `FB-${lang}-1` }).last()).toContainText(credited);
    await shoot(lena, `conversions-recorded.${lang}`);

    // What is open at a day, and what the fiscal year has moved for the company.
    await lena.goto('/work/obligations');
    await look(lena);
    await shoot(lena, `obligations.${lang}`);
    await lena.goto('/work/obligations?on=2099-01-01');
    await expect(lena.locator('#on-error')).toBeVisible();
    await look(lena);
    await lena.goto('/work/obligations?on=2020-12-31');
    await expect(lena.locator('main table')).toHaveCount(0);
    await lena.goto('/work/year-end');
    await look(lena);
    await shoot(lena, `year-end.${lang}`);
    await lena.getByRole('link', { name: `Polar Kältetechnik kinds-${lang} GmbH` }).first().click();
    await expect(lena.locator('main table')).toHaveCount(2);
    await look(lena);
    await shoot(lena, `year-end-company.${lang}`);
    const books = await lena.request.get((await lena.locator('a[href*="/statement.csv"]').getAttribute('href')) ?? '');
    expect(await books.text()).toContain(credited);

    // Early access: of a feature with one grant's seats; its advocate makes the key, the API knows it, and staff end it.
    await lena.goto('/manage/features/new');
    await lena.locator('input[name=name_de]').fill(`Vorschau ${lang}`);
    await lena.locator('input[name=name_en]').fill(`Preview ${lang}`);
    await lena.locator('input[name=starts_on]').fill(day(0));
    await lena.locator('input[name=ends_on]').fill(day(-2));
    await lena.locator('input[name=seats]').fill('viele');
    await lena.locator('textarea[name=terms_de]').fill('Nur zum Ausprobieren');
    await lena.locator('textarea[name=terms_en]').fill('To try out only');
    await lena.locator('textarea[name=guide_de]').fill('Unter Einstellungen eintragen');
    await lena.locator('textarea[name=guide_en]').fill('Enter it in the settings');
    await lena.locator('main form [type=submit]').click();
    await expect(lena.locator('#seats-error')).toBeVisible();
    await look(lena);
    await shoot(lena, `feature-refused.${lang}`);
    await lena.locator('input[name=seats]').fill('5');
    await lena.locator('main form [type=submit]').click();
    await expect(lena.locator('#ends_on-error')).toBeVisible();
    await lena.locator('input[name=ends_on]').fill(day(300));
    await lena.locator('select[name=incentive]').selectOption({ index: 1 });
    await lena.locator('main form [type=submit]').click();
    // The other language's journey may have listed one for the same thank-you before.
    const granting = !(await lena.locator('#incentive-error').isVisible());
    if (!granting) {
      await lena.locator('select[name=incentive]').selectOption('');
      await lena.locator('main form [type=submit]').click();
    }
    await expect(lena.getByRole('status')).toBeVisible();
    await look(lena);
    await shoot(lena, `features.${lang}`);
    await miriam.goto('/manage/keys');
    await miriam.locator('input[name=name]').fill(`Lizenzserver ${lang}`);
    await miriam.locator('form[action="/manage/keys"] [type=submit]').click();
    await expect(miriam.getByRole('alert').first()).toBeVisible();
    await look(miriam);
    await miriam.locator('input[name="grants:read"]').check();
    await miriam.locator('form[action="/manage/keys"] [type=submit]').click();
    const key = await miriam.locator('main output').innerText();
    expect(key).toMatch(/^dk_/);
    expect(miriam.url()).not.toContain(key);
    await look(miriam);
    await shoot(miriam, `key.${lang}`);
    await miriam.goto('/manage/keys');
    await expect(miriam.locator('main output')).toHaveCount(0);
    await miriam.goto(`/manage/accounts?q=${encodeURIComponent(`Polar Kältetechnik kinds-${lang}`)}`);
    const customer = await miriam.locator('main a[href^="/manage/accounts/"]', { hasText: `kinds-${lang}` }).first().getAttribute('href');
    const account = (customer ?? '').split('/').pop() ?? '';
    const ask = async (bearer: string, about = account) =>
      fetch(`${portal.url}/api/v1/grants?account=${about}`, { headers: { authorization: `Bearer ${bearer}` } });
    const held = async () => ((await (await ask(key)).json()) as { grants: { key_sha256: string | null }[] }).grants;
    expect((await ask('dk_nothing')).status).toBe(401);
    const malformed = await ask(key, 'polar.example');
    expect(malformed.status).toBe(400);
    expect(malformed.headers.get('content-type')).toBe('application/problem+json');
    expect(await held()).toHaveLength(0);
    const access = await earn(said.access, 'vorab');
    await lena.goto('/work/deliveries');
    const early = task(lena, access, said.access);
    await early.locator('details:has(form[action$="/delivery"]) > summary').click();
    await early.locator('input[name=reference]').fill(`VORAB-${lang}`);
    await early.locator('form[action$="/delivery"] [type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await anna.goto('/rewards');
    await expect(anna.locator('.rows')).toContainText(`VORAB-${lang}`);
    if (granting) {
      await anna.locator('a[href$="/access"]').first().click();
      await expect(anna.locator('main')).toContainText(lang === 'de' ? 'Nur zum Ausprobieren' : 'To try out only');
      await look(anna);
      await shoot(anna, `grant.${lang}`);
      await anna.locator('form[action$="/access"] [type=submit]').click();
      const own = await anna.locator('main output').innerText();
      expect(own).toMatch(/^dka_/);
      await look(anna);
      await shoot(anna, `grant-key.${lang}`);
      expect((await held()).map(grant => grant.key_sha256)).toEqual([createHash('sha256').update(own).digest('hex')]);
      await lena.goto('/manage/features');
      await lena.locator('main a', { hasText: lang === 'de' ? `Vorschau ${lang}` : `Preview ${lang}` }).first().click();
      await look(lena);
      await shoot(lena, `feature.${lang}`);
      await lena.locator('table a', { hasText: `kinds-${lang}` }).click();
      await lena.locator('details:has(form[action$="/return"]) > summary').click();
      await lena.locator('select[name=why]').selectOption('revoked');
      await lena.locator('textarea[name=reason]').fill('Die Anlage wurde verkauft');
      await lena.locator('form[action$="/return"] [type=submit]').click();
      await expect(lena.getByRole('status')).toBeVisible();
      expect(await held()).toHaveLength(0);
      await anna.goto('/rewards');
      await expect(anna.locator('.rows')).toContainText('Die Anlage wurde verkauft');
    }
    await miriam.goto('/manage/keys');
    await miriam.locator('tr', { hasText: `Lizenzserver ${lang}` }).locator('form [type=submit]').click();
    expect((await ask(key)).status).toBe(401);
    await look(miriam);
    await shoot(miriam, `keys.${lang}`);

    await miriam.goto('/manage/settings');
    await miriam.locator('#clearing_days').fill('30');
    await save(miriam, '/manage/settings/rewards');
    await close();
  });
}
