// Marketing's work on all rewards: found, taken back while one rests, an employer's release, organisations that come and go,
// and what the new customer reads of their benefit.
import { becomeCustomer, cast, takeBack } from '../fixtures/cast.ts';
import { axe, expect, shoot, test } from '../fixtures/test.ts';

const SAID = {
  de: {
    credit: 'Guthaben',
    percent: 'ganze Zahl von 1 bis 100',
    half: '50 % des Auftrags',
    reserved: 'Vorgemerkt',
    takenBack: 'Zurückgenommen',
    promised: 'Zugesagt, fällig am',
    capMissing: 'Ohne eine Obergrenze',
    inPerson: 'Persönlich: Anna Berger',
    pinned: 'Mindestens Gold',
    off: 'aus',
    delivered: 'Bereitgestellt am',
  },
  en: {
    credit: 'Credit',
    percent: 'whole number from 1 to 100',
    half: '50 % of the deal',
    reserved: 'Reserved',
    takenBack: 'Taken back',
    promised: 'Promised, due on',
    capMissing: 'Without a cap',
    inPerson: 'In person: Anna Berger',
    pinned: 'At least Gold',
    off: 'off',
    delivered: 'Delivered on',
  },
} as const;

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  const said = SAID[lang];
  test(`rewards are found and taken back while they rest, and go where the employer says, ${lang} @postgres`, async ({ portal, mails, browser }, { project }) => {
    test.setTimeout(480_000);
    const scripts = project.use.javaScriptEnabled !== false;
    const look = async (page: Parameters<typeof axe>[0]) => (lang === 'de' ? axe(page) : undefined);
    const { anna, miriam, lena, contact, close } = await cast(portal, mails, browser, `work-${lang}`, lang, locale, scripts);

    // Her employer lets rewards go to Anna herself; without a cap nothing is recorded, and what was typed stays.
    await lena.goto(`/manage/people?q=polar-work-${lang}`);
    await lena.getByRole('link', { name: 'Anna Berger' }).first().click();
    const release = lena.locator('form[action$="/release"]');
    await lena.locator('[aria-labelledby=releases] summary').click();
    await release.locator('input[name=released_by]').fill('Ute Polar');
    await release.locator('input[name=document]').fill('HR-2026-4');
    await release.locator('input[name=released_on]').fill('2026-01-05');
    await release.locator('[type=submit]').click();
    await expect(lena.locator('#advocate_money-error')).toContainText(said.capMissing);
    await expect(release.locator('input[name=released_by]')).toHaveValue('Ute Polar');
    await look(lena);
    await shoot(lena, `release-refused.${lang}`);
    await release.locator('input[name=advocate_money]').fill('5000');
    await release.locator('[type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await expect(lena.locator('[aria-labelledby=releases]')).toContainText('HR-2026-4');
    await shoot(lena, `release.${lang}`);

    // She is kept at gold until a day, with a reason; without them nothing is kept.
    const pin = lena.locator('form[action$="/pin"]');
    await lena.locator('[aria-labelledby=pin] summary').click();
    await pin.locator('select[name=pin_tier]').selectOption('gold');
    await pin.locator('input[name=pin_until]').fill('2020-01-01');
    await pin.locator('textarea[name=pin_reason]').fill('Spricht auf dem Kundentag.');
    await pin.locator('[type=submit]').click();
    await expect(lena.locator('#pin_until-error')).toBeVisible();
    await expect(pin.locator('textarea[name=pin_reason]')).toHaveValue('Spricht auf dem Kundentag.');
    await look(lena);
    await shoot(lena, `pin-refused.${lang}`);
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    await pin.locator('input[name=pin_until]').fill(until);
    await pin.locator('[type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await expect(lena.locator('[aria-labelledby=pin]')).toContainText(said.pinned);
    await shoot(lena, `pin.${lang}`);
    await anna.goto('/tiers');
    await expect(anna.locator('main .notice').first()).toContainText('Gold');
    await look(anna);
    await shoot(anna, `tiers-pinned.${lang}`);
    await lena.locator('form[action$="/pin-end"] [type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await expect(lena.locator('form[action$="/pin-end"]')).toHaveCount(0);

    const company = `Hafenwerk Anlagen ${lang} GmbH`;
    await anna.goto('/refer');
    // The whole card is the label.
    await anna.locator('.choice label', { hasText: said.credit }).first().click();
    await becomeCustomer({ anna, miriam, contact }, mails, company, `jens@hafenwerk-${lang}.example`);
    await anna.goto('/rewards');
    await expect(anna.locator('[aria-labelledby=release]')).toBeVisible();
    await expect(anna.locator('.rows')).toContainText(said.inPerson);
    await look(anna);
    await shoot(anna, `rewards-release.${lang}`);

    // The new customer reads until when their benefit is promised.
    await contact.reload();
    await expect(contact.locator('[aria-labelledby=owed]')).toContainText(said.promised);
    await look(contact);
    await shoot(contact, `my-benefit.${lang}`);

    // Found by company and state; a percentage that is none is refused at its field.
    await lena.goto('/work/rewards');
    await lena.locator('input[name=q]').fill('hafenwerk');
    await lena.locator('select[name=state]').selectOption('clearing');
    await lena.locator('form[role=search] [type=submit]').click();
    await expect(lena.locator('tbody tr')).toHaveCount(1);
    await look(lena);
    await shoot(lena, `all-rewards.${lang}`);
    await lena.locator('tbody th a').click();
    await expect(lena.locator('ol.stem').first()).toContainText(said.reserved);
    await lena.locator('details:has(form[action$="/return"]) > summary').click();
    await lena.locator('input[name=percent]').fill('viel');
    await lena.locator('textarea[name=reason]').fill('Der Auftrag wurde kleiner.');
    await lena.locator('form[action$="/return"] [type=submit]').click();
    await expect(lena.getByRole('alert').first()).toContainText(said.percent);
    await expect(lena.locator('input[name=percent]')).toHaveValue('viel');
    await expect(lena.locator('textarea[name=reason]')).toHaveValue('Der Auftrag wurde kleiner.');
    await look(lena);
    await shoot(lena, `reward-refused.${lang}`);
    await lena.goto(new URL(lena.url()).pathname);
    await takeBack(lena, '50');
    await expect(lena.locator('.facts')).toContainText(said.half);
    await shoot(lena, `reward-half.${lang}`);
    await takeBack(lena, '50');
    await expect(lena.locator('form[action$="/return"]')).toHaveCount(0);
    await expect(lena.locator('ol.stem').first()).toContainText(said.takenBack);
    await look(lena);
    await shoot(lena, `reward-returned.${lang}`);

    // Delivered, and the new customer reads since when.
    await miriam.goto('/work/deliveries');
    const benefit = miriam.locator('.rows > li', { hasText: company });
    await benefit.locator('details:has(form[action$="/delivery"]) > summary').click();
    await benefit.locator('input[name=reference]').fill('Vertrag § 4');
    await benefit.locator('form[action$="/delivery"] [type=submit]').click();
    await expect(miriam.getByRole('status')).toBeVisible();
    await contact.reload();
    await expect(contact.locator('[aria-labelledby=owed]')).toContainText(said.delivered);

    // An organisation comes, is renamed and switched off; a tier is called in the offer's editor what it is called.
    await lena.goto('/manage/incentives');
    await lena.locator('#name').fill(`Tafel ${lang}`);
    await lena.locator('#legal_name').fill(`Tafel ${lang} e. V.`);
    await lena.locator('form[action="/manage/organisations"] [type=submit]').click();
    await lena.getByRole('link', { name: `Tafel ${lang}` }).click();
    await lena.locator('#name').fill('');
    await lena.locator('main form [type=submit]').click();
    await expect(lena.locator('#name-error')).toBeVisible();
    await lena.locator('#name').fill(`Tafel Nord ${lang}`);
    await lena.locator('input[name=active]').uncheck();
    await look(lena);
    await shoot(lena, `organisation.${lang}`);
    await lena.locator('main form [type=submit]').click();
    await expect(lena.locator('#organisations li', { hasText: `Tafel Nord ${lang}` })).toContainText(said.off);
    await look(lena);
    await shoot(lena, `organisations.${lang}`);
    await close();
  });
}
