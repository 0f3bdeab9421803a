// What becomes of a link: results by channel, what came to nothing and why, a correction, and messages that are told.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { advocate as imported, signOff } from '../fixtures/company.ts';
import { keepOnly } from '../fixtures/roles.ts';
import { axe, expect, firstVisit, shoot, signIn, test } from '../fixtures/test.ts';

const SAID = {
  de: {
    customer: 'Die Firma ist schon Kunde',
    perhaps: 'Vielleicht schon bekannt',
    unread: 'Neue Nachricht',
    told: 'Offen gesagt:',
    corrected: 'Angaben berichtigt',
    subject: /^Neue Nachricht: Empfehlung/,
  },
  en: {
    customer: 'The company is a customer already',
    perhaps: 'Perhaps known already',
    unread: 'New message',
    told: 'To be open:',
    corrected: 'Details corrected',
    subject: /^New message: referral/,
  },
} as const;

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test(`from a link to its results, and what staff learn of it, ${lang} @postgres`, async ({ portal, mails, browser }, { project }) => {
    test.setTimeout(480_000);
    const said = SAID[lang];
    const javaScriptEnabled = project.use.javaScriptEnabled !== false;
    const look = async (page: Parameters<typeof axe>[0]) => (lang === 'de' ? axe(page) : undefined);
    const staff = `miriam.reach.${lang}@gastgeber.example`;
    const advocate = `anna@reach-${lang}.example`;
    await portal.command('admin', 'create', '--email', staff, '--name', 'Miriam Vogt', '--language', lang);
    const file = join(portal.dataDir, `reach-${lang}.csv`);
    await writeFile(
      file,
      'company;domains;country;kind;status;person;mail;language;account_manager\n' +
        `Reichweite ${lang} GmbH;reach-${lang}.example;DE;private_company;customer;Anna Berger;${advocate};${lang};${staff}\n` +
        `Kundin ${lang} KG;kundin-${lang}.example;DE;private_company;customer;;;;${staff}\n`,
    );
    await portal.command('import', 'customers', file);
    await signOff(portal, 'DE', staff);
    const contexts = await Promise.all(
      Array.from({ length: 3 }, () => browser.newContext({ baseURL: portal.url, locale, javaScriptEnabled })),
    );
    const [anna, miriam, contact] = await Promise.all(contexts.map((context) => context.newPage()));
    if (!anna || !miriam || !contact) throw new Error('three pages were opened');
    await signIn(miriam, mails, staff);
    await keepOnly(portal, miriam, staff, 'account-manager');
    await signIn(anna, mails, advocate);
    await firstVisit(anna);

    // A link for each place; what somebody posts there says what they get.
    await anna.goto('/share');
    for (const place of ['linkedin', 'whatsapp', 'x', 'event']) {
      await expect(anna.locator('.ready-links .hand-on', { hasText: `?ch=${place}` })).toBeVisible();
    }
    const posts = await anna.locator('.ready-links a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(posts).toHaveLength(3);
    for (const post of posts) expect(decodeURIComponent(post)).toContain(said.told);
    const link = await anna.locator('.ready-links .hand-on', { hasText: '?ch=linkedin' }).innerText();
    await contact.goto(new URL(link.trim()).pathname + '?ch=linkedin');
    await anna.reload();
    await expect(anna.getByRole('row', { name: /LinkedIn 1 0 0/ })).toBeVisible();
    await look(anna);
    await shoot(anna, `share-channels.${lang}`);

    // Behind the own link somebody of a customer: the neutral answer, and staff read why.
    const fill = async (email: string) => {
      await contact.locator('input[name=name]').fill('Jens Lund');
      const company = contact.locator('input[name=company]');
      if (await company.count()) await company.fill('Ravensteiner Hydraulik GmbH');
      await contact.locator('input[name=email]').fill(email);
      await contact.locator('select[name=kind]').selectOption('private_company');
      await contact.locator('input[name=consent]').check();
      await contact.locator('form:has(input[name=email]) [type=submit]').click();
      await expect(contact).toHaveURL(/\/consent\/neutral$/);
    };
    await fill(`geheim@kundin-${lang}.example`);
    await miriam.goto('/work/neutral-answers');
    const row = miriam.getByRole('row').filter({ hasText: `Reichweite ${lang} GmbH` });
    await expect(row).toContainText(said.customer);
    await look(miriam);
    await shoot(miriam, `neutral-answers.${lang}`);
    await miriam.goto('/manage/incentives');
    await miriam.locator('a[href="/manage/channels"]').click();
    await expect(miriam.getByRole('row', { name: /^LinkedIn/ })).toBeVisible();
    await look(miriam);
    await shoot(miriam, `channels.${lang}`);

    // A referral with a slip in it: corrected, and the contact's link shows it.
    await anna.goto('/refer');
    await anna.locator('input[name=company]').fill('Kunden GmbH');
    await anna.locator('input[name=role]').fill('Leitung Einkauf');
    await anna.locator('textarea[name=reason]').fill('Zweite Linie seit Herbst.');
    await anna.locator('main form [type=submit]').last().click();
    await expect(anna.getByRole('heading', { level: 1, name: 'Kunden GmbH' })).toBeVisible();
    const own = new URL(anna.url()).pathname;
    const draft = await anna.locator('a[href^="mailto:"]').getAttribute('href');
    expect(decodeURIComponent(draft ?? '')).toContain(said.told);
    const correction = anna.locator(`form[action="${own}/correction"]`);
    const fold = anna.locator('details', { has: correction }).locator('summary');
    await fold.click();
    await anna.locator('#role').fill('jens@kundin.example');
    await anna.locator('#company').fill(`Kundin ${lang} GmbH`);
    await correction.locator('[type=submit]').click();
    await expect(anna.locator('#role-error')).toBeVisible();
    await expect(anna.locator('#company')).toHaveValue(`Kundin ${lang} GmbH`);
    await look(anna);
    await shoot(anna, `correction-refused.${lang}`);
    await anna.locator('#role').fill('Leitung Einkauf');
    await correction.locator('[type=submit]').click();
    await expect(anna.getByRole('heading', { level: 1, name: `Kundin ${lang} GmbH` })).toBeVisible();
    await expect(anna.locator('.stem', { hasText: said.corrected })).toContainText('Kunden GmbH');
    await shoot(anna, `corrected.${lang}`);
    const carried = await anna.locator('.stage output').innerText();
    await contact.goto(new URL(carried.trim()).pathname);
    await expect(contact.locator('main')).toContainText(`Kundin ${lang} GmbH`);
    await look(contact);
    await shoot(contact, `carried.${lang}`);
    await fill(`geheim@kundin-${lang}.example`);

    // A question: told by mail without its words, marked until it was looked at.
    await anna.locator('#message').fill('Sehr geheime Frage?');
    await anna.locator(`form[action="${own}/messages"] [type=submit]`).click();
    const mail = await mails.waitFor(staff);
    expect(mail.subject).toMatch(said.subject);
    expect(mail.text + mail.html).not.toContain('geheime');
    expect(mail.text).toContain(`/work${own}`);
    await miriam.goto('/work/board');
    await expect(miriam.locator('.ticket', { hasText: `Kundin ${lang} GmbH` })).toContainText(said.unread);
    await look(miriam);
    await shoot(miriam, `board-unread.${lang}`);
    await miriam.goto(`/work${own}`);
    await expect(miriam.locator('main')).toContainText(said.perhaps);
    await expect(miriam.locator('main')).toContainText(said.customer);
    await expect(miriam.locator('main')).not.toContainText('geheim@');
    await look(miriam);
    await shoot(miriam, `referral-work.${lang}`);
    // Thanks come from her, by name, and once.
    await miriam.locator('#thanks').fill('Das freut uns sehr.');
    await miriam.locator(`form[action="/work${own}/thanks"] [type=submit]`).click();
    await expect(miriam.locator('.said', { hasText: 'Das freut uns sehr.' })).toBeVisible();
    await expect(miriam.locator('#thanks')).toHaveCount(0);
    const thanks = await mails.waitFor(advocate);
    expect(thanks.text).toContain('Das freut uns sehr.');
    expect(thanks.text).toContain('Miriam Vogt, ');
    await miriam.locator('#message').fill('Ja, gern.');
    await miriam.locator(`form[action="/work${own}/messages"] [type=submit]`).click();
    await miriam.goto('/work/board');
    await expect(miriam.locator('.ticket', { hasText: `Kundin ${lang} GmbH` })).not.toContainText(said.unread);
    expect((await mails.waitFor(advocate)).subject).toMatch(said.subject);
    await anna.goto('/');
    await expect(anna.locator('.referral', { hasText: `Kundin ${lang} GmbH` })).toContainText(said.unread);
    await look(anna);
    await shoot(anna, `home-unread.${lang}`);
    await Promise.all(contexts.map((context) => context.close()));
  });
}

test('the copy button copies the link, and says so @js', async ({ portal, mails, browser, context, page }) => {
  const { email, code } = await imported({ portal, mails, browser }, 'kopie', 'Anna Berger');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, mails, email);
  await page.goto('/share');
  const button = page.locator('.stage [data-copy]');
  const done = (await button.getAttribute('data-done')) ?? '';
  await expect(button).not.toHaveText(done);
  await button.click();
  await expect(button).toHaveText(done);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(new RegExp(`/r/${code}$`));
});
