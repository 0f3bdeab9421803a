// The whole life of a reward through the pages: default, choice, stages, four eyes, delivery with proof, the three views,
// and its return. And the editors behind it, with bad input.
import type { Page } from '@playwright/test';
import { becomeCustomer, cast, takeBack } from '../fixtures/cast.ts';
import { axe, expect, shoot, signIn, test } from '../fixtures/test.ts';

const SAID = {
  de: {
    credit: 'Guthaben',
    firstOfTwo: 'eine zweite',
    samePerson: 'anderen Person',
    delivered: 'Bereitgestellt am',
    askedBack: 'zurückzugeben',
    comesOff: 'gehen von den nächsten Prämien ab',
    setOff: 'wird verrechnet',
    takenBack: 'Zurückgenommen',
    proof: 'Bitte füllen Sie',
    approvedMail: /^Freigegeben:/,
    deliveredMail: /^Bereitgestellt:/,
    range: 'ganze Zahl',
    causes: ['Empfehlung angenommen', 'Kunde geworden', 'Prämie bereitgestellt'],
  },
  en: {
    credit: 'Credit',
    firstOfTwo: 'second',
    samePerson: 'somebody else',
    delivered: 'Delivered on',
    askedBack: 'asks you to give back',
    comesOff: 'come off the next rewards',
    setOff: 'being set off',
    takenBack: 'Taken back',
    proof: 'Please fill in',
    approvedMail: /^Approved:/,
    deliveredMail: /^Delivered:/,
    range: 'whole number',
    causes: ['referral accepted', 'became a customer', 'reward delivered'],
  },
} as const;

const save = (page: Page, action: string) => page.locator(`form[action="${action}"] [type=submit]`).click();

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  const said = SAID[lang];
  test(`from a default to a delivered reward, and back, ${lang} @postgres`, async ({ portal, mails, browser }, { project }) => {
    test.setTimeout(480_000);
    const scripts = project.use.javaScriptEnabled !== false;
    // One language is looked at closely: what axe finds does not depend on it.
    const look = async (page: Page) => (lang === 'de' ? axe(page) : undefined);
    const { anna, miriam, lena, contact, close } = await cast(portal, mails, browser, lang, lang, locale, scripts);

    // Settings: a bad number is refused at its field with what was typed; then no clearing, and four eyes above 100.
    await miriam.goto('/manage/settings');
    await shoot(miriam, `settings.${lang}`);
    await miriam.locator('#clearing_days').fill('bald');
    await save(miriam, '/manage/settings/rewards');
    await expect(miriam.locator('#clearing_days-error')).toContainText(said.range);
    await expect(miriam.locator('#clearing_days')).toHaveValue('bald');
    await look(miriam);
    await shoot(miriam, `settings-refused.${lang}`);
    await lena.goto('/manage/settings');
    const before = await lena.locator('#clearing_days').inputValue();
    expect(before).not.toBe('bald');
    await miriam.locator('#clearing_days').fill('0');
    await miriam.locator('#four_eyes').fill('100');
    await save(miriam, '/manage/settings/rewards');
    await expect(miriam.getByRole('status')).toBeVisible();
    // The second editor had the older page before them: both versions are shown, nothing is overwritten.
    await lena.locator('#delivery_days').fill('21');
    await save(lena, '/manage/settings/rewards');
    await expect(lena.getByRole('alert').first()).toBeVisible();
    await expect(lena.locator('main .notice table')).toContainText('100');
    await expect(lena.locator('#delivery_days')).toHaveValue('21');
    await look(lena);
    await shoot(lena, `settings-stale.${lang}`);
    await miriam.goto('/manage/settings');
    await expect(miriam.locator('#delivery_days')).not.toHaveValue('21');

    // The advocate says what they get unless they choose otherwise.
    await anna.goto('/profile');
    // A blocked one carries its reason behind its name.
    const credit = () => anna.locator('#incentive option', { hasText: said.credit }).first().getAttribute('value');
    await anna.locator('input[name=gifts][value=none]').check();
    await save(anna, '/profile/manners');
    await anna.locator('#incentive').selectOption(await credit());
    await save(anna, '/profile/thank-you');
    await expect(anna.locator('#incentive-error')).toBeVisible();
    await look(anna);
    await shoot(anna, `profile-refused.${lang}`);
    await anna.locator('input[name=gifts][value=any]').check();
    await save(anna, '/profile/manners');
    await anna.locator('#incentive').selectOption(await credit());
    await save(anna, '/profile/thank-you');
    await expect(anna.getByRole('status')).toBeVisible();
    await shoot(anna, `profile.${lang}`);

    // The default stands in the form, so nothing has to be chosen.
    const company = `Ravensteiner Hydraulik ${lang} GmbH`;
    await anna.goto('/refer');
    await expect(anna.locator('.choice', { hasText: said.credit }).locator('input[type=radio]').first()).toBeChecked();
    const email = `jens@ravensteiner-${lang}.example`;
    const referral = await becomeCustomer({ anna, miriam, contact }, mails, company, email);

    // Four eyes: the same person twice is refused, a second one decides.
    const line = (page: Page, part: string) => page.locator('.rows > li', { hasText: company }).filter({ hasText: part });
    const approve = (page: Page) => line(page, said.credit).locator('form[action$="/approval"] [type=submit]').click();
    await miriam.goto('/work/approvals');
    await look(miriam);
    await approve(miriam);
    await expect(line(miriam, said.credit).locator('.notice')).toContainText(said.firstOfTwo);
    await approve(miriam);
    await expect(miriam.getByRole('alert').first()).toContainText(said.samePerson);
    await shoot(miriam, `approvals-same-person.${lang}`);
    await lena.goto('/work/approvals');
    await approve(lena);
    await expect(lena.getByRole('status')).toBeVisible();
    await expect(line(lena, said.credit)).toHaveCount(0);

    // Delivered with its proof; without one it is refused at the field.
    await lena.goto('/work/deliveries');
    const reward = line(lena, said.credit).first();
    await reward.locator('details:has(form[action$="/delivery"]) > summary').click();
    await reward.locator('input[name=reference]').fill('   ');
    await reward.locator('form[action$="/delivery"] [type=submit]').click();
    await expect(lena.getByRole('alert').first()).toContainText(said.proof);
    await look(lena);
    await reward.locator('input[name=reference]').fill(`GS-${lang}-77`);
    await reward.locator('form[action$="/delivery"] [type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();

    // The advocate was told, and sees it with its proof; all three parties stand on the triple win.
    const advocate = `anna@polar-${lang}.example`;
    await expect.poll(() => mails.to(advocate).filter((mail) => said.deliveredMail.test(mail.subject)).length).toBe(1);
    expect(mails.to(advocate).filter((mail) => said.approvedMail.test(mail.subject))).toHaveLength(1);
    for (const mail of mails.to(advocate)) expect(mail.text, mail.subject).not.toMatch(/12[.,]?500/);
    await anna.goto('/rewards');
    await expect(line(anna, said.credit)).toContainText(said.delivered);
    await expect(line(anna, said.credit)).toContainText(`GS-${lang}-77`);
    await look(anna);
    await shoot(anna, `rewards-delivered.${lang}`);
    for (const [name, page] of [['advocate', anna], ['host', miriam]] as const) {
      await page.goto('/triple-win');
      for (const party of ['company', 'advocate', 'customer']) {
        await expect(page.locator(`main [data-party=${party}]`).first()).toBeVisible();
      }
      await shoot(page, `triple-win-${name}.${lang}`);
    }
    // The third view: the new customer's own page, which knows no sum of the deal.
    await contact.reload();
    const view = contact.locator('section:has(> header #win-of-referral)');
    for (const cause of said.causes) await expect(view).toContainText(cause);
    await expect(contact.locator('main')).not.toContainText(/12[.,]?500/);
    // And what the advocate had entered about them, with its source.
    const theirs = contact.locator('section:has(> header #theirs)');
    await expect(theirs).toContainText('Anna Berger');
    await expect(theirs).toContainText('Leitung Einkauf');
    await look(contact);
    await shoot(contact, `triple-win-contact.${lang}`);

    // Whoever looks after them can show what was agreed to, also on paper.
    await miriam.goto(`/work${referral}`);
    await look(miriam);
    await shoot(miriam, `work-proof.${lang}`);
    await miriam.locator('a[href$="/proof"]').click();
    await expect(miriam.locator('[data-proof] li')).toHaveCount(2);
    await expect(miriam.locator('[data-proof]').first()).toContainText('Jens Lund');
    await look(miriam);
    await shoot(miriam, `proof.${lang}`);
    await miriam.emulateMedia({ media: 'print' });
    await expect(miriam.locator('.no-print').first()).toBeHidden();
    await shoot(miriam, `proof-printed.${lang}`);
    await miriam.emulateMedia({ media: 'screen' });

    // What moved the advocate up stands in their history, and in the one that staff read.
    await anna.goto('/tiers');
    await expect(anna.locator(`main a[href="${referral}"]`).first()).toHaveText(company);
    await look(anna);
    await shoot(anna, `tiers-path.${lang}`);
    await miriam.goto(`/manage/people?q=polar-${lang}`);
    await miriam.getByRole('link', { name: 'Anna Berger' }).first().click();
    await expect(miriam.locator('section:has(> header #path)')).toContainText(company);
    await look(miriam);
    await shoot(miriam, `person-path.${lang}`);

    // The new customer gets half of it back and then everything, and so does the host: on the reward's own page.
    await lena.goto('/work/deliveries');
    await line(lena, said.credit).locator('a[href^="/work/rewards/"]').first().click();
    await takeBack(lena, '50');
    await lena.goto('/work/rewards');
    await look(lena);
    await shoot(lena, `all-rewards-shortfall.${lang}`);
    await lena.locator('a[href="/work/shortfalls"]').click();
    const shortfall = lena.locator('tbody tr', { hasText: company });
    await expect(shortfall).toContainText(`Polar Kältetechnik ${lang} GmbH`);
    await look(lena);
    await shoot(lena, `shortfalls.${lang}`);
    await shortfall.getByRole('link').click();

    // What becomes of it: without a decision and a reason nothing is kept, and a day that is over is refused at its field.
    const decide = lena.locator('form[action^="/work/shortfalls/"]');
    const way = (code: string) => decide.locator(`label[for=decision-${code}]`).click();
    await decide.locator('[type=submit]').click();
    await expect(lena.locator('#decision-error')).toBeVisible();
    await expect(lena.locator('#note-error')).toBeVisible();
    await way('asked_back');
    await decide.locator('input[name=until]').fill('2020-01-01');
    await decide.locator('textarea[name=note]').fill('Der Auftrag wurde halbiert.');
    await decide.locator('[type=submit]').click();
    await expect(lena.locator('#until-error')).toBeVisible();
    await expect(decide.locator('textarea[name=note]')).toHaveValue('Der Auftrag wurde halbiert.');
    await look(lena);
    await shoot(lena, `shortfall-refused.${lang}`);
    await decide.locator('input[name=until]').fill('2099-12-31');
    await decide.locator('[type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await anna.goto('/rewards');
    await expect(line(anna, said.credit)).toContainText(said.askedBack);
    await look(anna);
    await shoot(anna, `rewards-asked-back.${lang}`);
    await way('set_off');
    await decide.locator('textarea[name=note]').fill('Verrechnung ist vereinbart.');
    await decide.locator('[type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await look(lena);
    await shoot(lena, `shortfall-set-off.${lang}`);
    await anna.goto('/rewards');
    await expect(line(anna, said.credit)).toContainText(said.comesOff);
    await lena.locator('aside a[href^="/work/rewards/"]').click();
    await expect(lena.locator('[aria-labelledby=shortfalls]')).toContainText(said.setOff);
    await takeBack(lena, '50');
    await expect(lena.locator('form[action$="/return"]')).toHaveCount(0);
    await anna.goto('/rewards');
    await expect(line(anna, said.credit)).toContainText(said.takenBack);
    await expect(line(anna, said.credit)).toContainText('widerrufen');
    await shoot(anna, `rewards-returned.${lang}`);

    // The numbers go back to what they were for whoever tests next.
    await miriam.goto('/manage/settings');
    await miriam.locator('#clearing_days').fill('30');
    await miriam.locator('#four_eyes').fill('');
    await save(miriam, '/manage/settings/rewards');
    await expect(miriam.getByRole('status')).toBeVisible();
    await close();
  });
}

test('editors refuse bad input at its field, keep what was typed, and change nothing', async ({ page, portal, mails }) => {
  test.setTimeout(300_000);
  const admin = 'editor@gastgeber.example';
  await portal.command('admin', 'create', '--email', admin, '--name', 'Edda Text');
  await signIn(page, mails, admin);

  await page.goto('/manage/tiers/draft');
  const saveTiers = () => page.locator('main form button[value=save]').last().click();
  const [needed, gold] = [await page.locator('#value1_0').inputValue(), await page.locator('#value2_0').inputValue()];
  await page.locator('#value1_0').fill('viele');
  await page.locator('input[name=name_de1]').fill('Silber neu');
  await saveTiers();
  await expect(page.getByRole('alert').first()).toContainText('ganze Zahl');
  await expect(page.locator('#value1_0')).toHaveValue('viele');
  await expect(page.locator('#value1_0')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('input[name=name_de1]')).toHaveValue('Silber neu');
  await axe(page);
  await shoot(page, 'tier-refused');
  // Easier than the tier below it would be no ladder.
  await page.goto('/manage/tiers/draft');
  await page.locator('#value1_0').fill('9');
  await saveTiers();
  await expect(page.locator('#value2_0-error')).toContainText('leichter');
  await page.goto('/manage/tiers/draft');
  await expect(page.locator('#value1_0')).toHaveValue(needed);
  await expect(page.locator('#value2_0')).toHaveValue(gold);
  await expect(page.locator('input[name=name_de1]')).toHaveValue('Silber');

  await page.goto('/manage/incentives');
  await page.getByRole('link', { name: 'Guthaben' }).click();
  const offer = page.url();
  const won = await page.locator('input[name=won]').inputValue();
  await page.locator('input[name=won]').fill('dreihundert');
  await page.locator('input[name=stock]').fill('-1');
  await page.locator('input[name=name_de]').fill('Gutschrift');
  await page.locator('main form [type=submit]').click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  for (const [field, typed] of [['won', 'dreihundert'], ['stock', '-1']] as const) {
    await expect(page.locator(`input[name=${field}]`)).toHaveValue(typed);
    await expect(page.locator(`#${field}-error`)).toBeVisible();
  }
  await expect(page.locator('input[name=name_de]')).toHaveValue('Gutschrift');
  await axe(page);
  await shoot(page, 'offer-refused');
  await page.goto(offer);
  await expect(page.locator('input[name=won]')).toHaveValue(won);
  await expect(page.locator('input[name=name_de]')).toHaveValue('Guthaben');
});
