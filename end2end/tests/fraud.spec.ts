// An advocate recommends their own company, and a contact comes with a disposable address: rewards are held, somebody looks,
// and decides once that it was a false alarm and once that it was misuse.
import type { Page } from '@playwright/test';
import { becomeCustomer, cast } from '../fixtures/cast.ts';
import { axe, expect, shoot, test } from '../fixtures/test.ts';

const SAID = {
  de: {
    held: 'Ein offener Fall hält sie an.',
    own: 'Empfohlen wurde die eigene Organisation',
    quick: 'Abgeschlossen weniger als eine Minute nach der Annahme.',
    disposable: 'Anbieter von Wegwerfadressen',
    falseAlarm: 'Fehlalarm',
    misuse: 'Missbrauch',
    takenBack: 'Missbrauch',
  },
  en: {
    held: 'An open case holds it.',
    own: "The recommended company is the advocate's own",
    quick: 'Won less than a minute after it was accepted.',
    disposable: 'a provider of disposable mailboxes',
    falseAlarm: 'False alarm',
    misuse: 'Misuse',
    takenBack: 'because of misuse',
  },
} as const;

async function refer(anna: Page, company: string): Promise<void> {
  await anna.goto('/refer');
  await anna.locator('input[name=company]').fill(company);
  await anna.locator('input[name=role]').fill('Leitung Einkauf');
  await anna.locator('textarea[name=reason]').fill('Zweite Linie seit Herbst.');
  await anna.locator('main form [type=submit]').last().click();
  await expect(anna.getByRole('heading', { level: 1, name: company })).toBeVisible();
}

for (const [locale, lang] of [['de-DE', 'de'], ['en-GB', 'en']] as const) {
  test(`a suspicion from what was noticed to what was decided, ${lang} @postgres`, async ({ portal, mails, browser }, { project }) => {
    test.setTimeout(240_000);
    const said = SAID[lang];
    const key = `verdacht-${lang}`;
    const scripts = project.use.javaScriptEnabled !== false;
    const all = await cast(portal, mails, browser, key, lang, locale, scripts);
    const { anna, lena, close } = all;
    // One language is looked at closely: what axe finds does not depend on it.
    const look = async (page: Page) => (lang === 'de' ? axe(page) : undefined);
    const theCase = lena.getByRole('row', { name: /Anna Berger/ }).filter({ hasText: `Polar Kältetechnik ${key}` });

    // A customer within a minute is noted, and weighs too little for a case.
    await becomeCustomer(all, mails, `Ravensteiner ${key} GmbH`, `jens@ravensteiner-${key}.example`);
    await lena.goto('/work/cases');
    await expect(lena.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(theCase).toHaveCount(0);
    await anna.goto('/rewards');
    await expect(anna.locator('main')).not.toContainText(said.held);

    // Their own company weighs more. Nothing tells them so; their rewards wait, and say that nothing is lost.
    await refer(anna, `Polar Kältetechnik ${key} GmbH`);
    await anna.goto('/rewards');
    await expect(anna.locator('main')).toContainText(said.held);
    await look(anna);

    await lena.goto('/work/cases');
    await expect(theCase).toBeVisible();
    await look(lena);
    await shoot(lena, `cases.${lang}`);
    await theCase.getByRole('link').click();
    await expect(lena.locator('section:has(> header #reasons)')).toContainText(said.own);
    await expect(lena.locator('section:has(> header #evidence)')).toContainText(said.quick);
    await expect(lena.locator('section:has(> header #rewards) tbody tr')).not.toHaveCount(0);
    // Whoever the contact is, the case does not say it.
    await expect(lena.locator('main')).not.toContainText('Jens Lund');
    await expect(lena.locator('main')).not.toContainText('jens@');
    await look(lena);
    await shoot(lena, `case.${lang}`);

    // What is missing stands at its field, and what was typed stays.
    const decide = lena.locator('form[action$="/decision"]');
    await decide.locator('[type=submit]').click();
    await expect(lena.locator('#reason')).toHaveAttribute('aria-invalid', 'true');
    await expect(lena.locator('#verdict .error')).toBeVisible();
    await lena.locator('#reason').fill('Die Schwesterfirma kauft selbst ein.');
    await decide.locator('[type=submit]').click();
    await expect(lena.locator('#reason')).toHaveValue('Die Schwesterfirma kauft selbst ein.');
    await decide.locator('label', { hasText: said.falseAlarm }).click();
    await decide.locator('[type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await expect(lena.locator('section:has(> header #decision)')).toContainText('Die Schwesterfirma kauft selbst ein.');
    await expect(decide).toHaveCount(0);
    await look(lena);
    await anna.goto('/rewards');
    await expect(anna.locator('main')).not.toContainText(said.held);
    await lena.goto('/work/cases?state=decided');
    await expect(theCase).toContainText(said.falseAlarm);
    await look(lena);

    // A disposable address, and this time it is misuse.
    await becomeCustomer(all, mails, `Wegwerf ${key} GmbH`, `jens-${key}@${lang === 'de' ? 'mailinator.com' : 'guerrillamail.com'}`);
    await anna.goto('/rewards');
    await expect(anna.locator('main')).toContainText(said.held);
    await lena.goto('/work/cases');
    await theCase.getByRole('link').click();
    await expect(lena.locator('section:has(> header #reasons)')).toContainText(said.disposable);
    await decide.locator('label', { hasText: said.misuse }).click();
    await lena.locator('#reason').fill('Die Adresse gibt es nicht mehr.');
    await decide.locator('[type=submit]').click();
    await expect(lena.getByRole('status')).toBeVisible();
    await anna.goto('/rewards');
    await expect(anna.locator('main')).not.toContainText(said.held);
    await expect(anna.locator('main')).toContainText(said.takenBack);
    await expect(anna.locator('main')).toContainText('Die Adresse gibt es nicht mehr.');
    await close();
  });
}
