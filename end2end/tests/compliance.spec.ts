// Marketing writes a rule, sees what it would touch, has it signed off and tries a case; an advocate reads why something is
// not to be had.
import { cast } from '../fixtures/cast.ts';
import { axe, expect, shoot, test } from '../fixtures/test.ts';

const SAID = {
  de: {
    unsigned: /Nicht abgezeichnet/,
    touched: /würde.? anders entschieden/,
    forbid: 'Es darf nicht gegeben werden.',
    older: /wartet auf die nächste Abzeichnung/,
    sentence: 'Guthaben gibt es bei uns nicht.',
    gap: /Keine Regel des Marktes erlaubt es/,
  },
  en: {
    unsigned: /Not signed off/,
    touched: /would be decided otherwise/,
    forbid: 'It may not be given.',
    older: /waits for the next sign-off/,
    sentence: 'We give no credit.',
    gap: /No rule of the market allows it/,
  },
} as const;

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test(`a rule from its first draft to the advocate who meets it, ${lang} @postgres`, async ({ portal, mails, browser }, { project }) => {
    test.setTimeout(240_000);
    const said = SAID[lang];
    const scripts = project.use.javaScriptEnabled !== false;
    const { anna, lena, close } = await cast(portal, mails, browser, `regel-${lang}`, lang, locale, scripts);
    // One language is looked at closely: what axe finds does not depend on it.
    const look = async (page: Parameters<typeof axe>[0]) => (lang === 'de' ? axe(page) : undefined);

    // Anna has chosen a credit before there is a rule about it.
    await anna.goto('/refer');
    await anna.locator('input[name=company]').fill(`Regelwerk ${lang} GmbH`);
    await anna.locator('input[name=role]').fill('Leitung Einkauf');
    await anna.locator('textarea[name=reason]').fill('Zweite Linie seit Herbst.');
    await anna.locator('.choice', { hasText: lang === 'de' ? 'Guthaben' : 'Credit' }).locator('label').first().click();
    await anna.locator('main form [type=submit]').last().click();
    await expect(anna.getByRole('heading', { level: 1 })).toContainText('Regelwerk');

    // Austria is signed off by nobody yet; Germany is.
    await lena.goto('/manage/compliance?market=AT');
    await expect(lena.locator('main')).toContainText(said.unsigned);
    await lena.goto('/manage/compliance?market=DE');
    await expect(lena.locator('main')).not.toContainText(said.unsigned);
    await look(lena);
    await shoot(lena, `compliance.${lang}`);

    // What is missing stands at its field, and what was typed stays.
    await lena.goto('/manage/compliance/rules/new?market=DE');
    await lena.locator('select[name=kind]').selectOption('credit');
    await lena.locator('select[name=side]').selectOption('advocate');
    await lena.locator('select[name=effect]').selectOption('forbid');
    await lena.locator('button[value=save]').click();
    await expect(lena.locator('#legal_basis')).toHaveAttribute('aria-invalid', 'true');
    await expect(lena.locator('select[name=kind]')).toHaveValue('credit');
    await lena.locator('#legal_basis').fill('Aktenvermerk 7');
    await lena.locator('#disclosure_de').fill(SAID.de.sentence);
    await lena.locator('#disclosure_en').fill(SAID.en.sentence);

    // Before anything is saved it says whom it would touch.
    await lena.locator('button[value=look]').click();
    await expect(lena.locator('section:has(#touched)')).toContainText(said.touched);
    await expect(lena.locator('section:has(#touched)')).toContainText(`Regelwerk ${lang} GmbH`);
    await look(lena);
    await shoot(lena, `compliance-rule.${lang}`);
    await lena.locator('button[value=save]').click();
    await expect(lena.locator('main')).toContainText(said.older);

    // A stricter rule holds at once.
    await anna.goto('/refer');
    const credit = anna.locator('.choice', { hasText: lang === 'de' ? 'Guthaben' : 'Credit' }).first();
    await expect(credit.locator('input[name=incentive]')).toBeDisabled();
    await expect(credit).toContainText(said.sentence);
    await look(anna);
    await shoot(anna, `compliance-blocked.${lang}`);

    // The case in an address of its own.
    await lena.goto('/manage/compliance/case?market=DE&recipient=private_company&kind=credit&side=advocate');
    await expect(lena.locator('section:has(#result)')).toContainText(said.forbid);
    await expect(lena.locator('section:has(#fired)')).toContainText('Aktenvermerk 7');
    await look(lena);
    await shoot(lena, `compliance-case.${lang}`);
    await lena.locator('select[name=market]').selectOption('FR');
    await lena.locator('form.form [type=submit]').click();
    await expect(lena.locator('section:has(#result)')).toContainText(said.gap);

    // The playbook, to print and to take along.
    await lena.goto('/manage/compliance/playbook/DE');
    await expect(lena.locator('main')).toContainText('Aktenvermerk 7');
    await look(lena);
    const markdown = await lena.request.get('/manage/compliance/playbook/DE/markdown');
    expect(markdown.headers()['content-type']).toContain('text/markdown');
    expect(await markdown.text()).toContain('Aktenvermerk 7');

    // The rule ends, counsel signs again, and the credit is to be had.
    await lena.goto('/manage/compliance?market=DE');
    await lena.getByRole('row', { name: /Aktenvermerk 7/ }).getByRole('link').click();
    await lena.locator('form[action$="/end"] [type=submit]').click();
    await lena.goto('/manage/compliance?market=DE');
    await lena.locator('#counsel').fill('Dr. Ruth Amsel');
    await lena.locator('#signed_on').fill('2026-02-02');
    await lena.locator('#document').fill('DMS 4712');
    await lena.locator('form[action$="/sign-off"] [type=submit]').click();
    await expect(lena.locator('main')).toContainText('DMS 4712');
    await anna.goto('/refer');
    await expect(credit.locator('input[name=incentive]')).toBeEnabled();
    await lena.goto('/work/held');
    await look(lena);
    await close();
  });
}
