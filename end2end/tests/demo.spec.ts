// The demonstration, seen as each of its people: every page that the bars offer, and the main job from form to promise.
import type { Page } from '@playwright/test';
import { be, speak } from '../fixtures/faces.ts';
import { axe, expect, lawful, shoot, test } from '../fixtures/test.ts';

test.use({ demo: true });

/** Words that no English sentence has, and that no invented company or person is called. */
const GERMAN = /\b(nicht|werden|wird|noch|keine|Ihre|Ihnen|Sie|für|Empfehlung(en)?|Prämien?|wurde|anlegen|speichern|seit|Tage)\b/;
/** What a text without a message would show: its name (`nav-home`, `reward_state`). */
const RAW_KEY = /(?<![\w./@-])[a-z]+(-[a-z]+){2,}(?![\w./@-])|\b[a-z]+_[a-z_]+\b/;

/** Everything the bars lead to, and one's own profile. */
async function offered(page: Page): Promise<readonly string[]> {
  const links = page.locator('.topbar nav a, .topbar a.initials, .subbar a');
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(paths.length).toBeGreaterThan(1);
  return [...new Set(paths)];
}

/** What a page says, without what people have typed. */
async function said(page: Page): Promise<string> {
  return page.locator('body').evaluate((body) => {
    // Without a filter: where scripts are off, a page runs no callbacks, not even ours.
    const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const said: string[] = [];
    while (texts.nextNode()) {
      const typed = texts.currentNode.parentElement?.closest('[lang]:not(html), textarea, .prose, script');
      if (!typed) said.push(texts.currentNode.textContent ?? '');
    }
    return said.join('\n');
  });
}

/** No sideways scrolling on a phone. */
async function fits(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 800 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${path} is too wide for a phone`).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Each page answers, has one heading, speaks one language, fits a phone, and is open to everybody. */
async function tour(page: Page, lang: 'de' | 'en', name: string): Promise<void> {
  const scripts = test.info().project.use.javaScriptEnabled !== false;
  for (const path of await offered(page)) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.locator('h1'), path).toHaveCount(1);
    await lawful(page);
    const text = await said(page);
    expect(text, `${path} shows the name of a text`).not.toMatch(RAW_KEY);
    if (lang === 'en') expect(text, `${path} speaks German`).not.toMatch(GERMAN);
    // The same pages in the other language: words may be too long for them, contrast is the same. And without scripts it is
    // the same HTML, which here has to do its work once more and is not looked through twice.
    if (lang === 'en') await fits(page, path);
    else if (scripts) await axe(page);
    await shoot(page, `${lang}-${name}${path.replaceAll('/', '-')}`);
  }
}

const ROLES = {
  de: { advocate: /Empfehlende/, manager: /Kundenbetreuung/, marketing: /Programmleitung/, admin: /Administration/ },
  en: { advocate: /Advocate/, manager: /Account manager/, marketing: /Programme manager/, admin: /Administrator/ },
} as const;

for (const lang of ['de', 'en'] as const) {
  for (const [name, role] of Object.entries(ROLES.de)) {
    test(`everything that ${name} is offered, ${lang}${lang === 'en' ? ' @js' : ''}`, async ({ page }) => {
      // Four looks of axe at each of a dozen pages.
      test.setTimeout(420_000);
      await be(page, role);
      await speak(page, lang);
      await tour(page, lang, name);
      // The demonstration's people are shared by all tests of this file, and so is their language.
      await speak(page, 'de');
    });
  }
}

const SAID = {
  de: { mailAddress: 'E-Mail-Adresse', nothing: 'Kein Dankeschön', disclosure: /dafür/ },
  en: { mailAddress: 'e-mail address', nothing: 'No thank-you', disclosure: /get for this/ },
} as const;

for (const [locale, lang] of [
  ['de-DE', 'de'],
  ['en-GB', 'en'],
] as const) {
  const said = SAID[lang];
  test.describe(lang, () => {
    test.use({ locale });
    // The demonstration's people are shared by all tests of this file, and so is their language.
    test.afterEach(async ({ page }) => {
      await page.goto('/');
      await speak(page, 'de');
    });

    test('an advocate refers, and carries the link on themselves @postgres', async ({ page }, { project }) => {
      const company = `Neuhaus Werkzeuge ${project.name} ${lang} GmbH`;
      await be(page, ROLES[lang].advocate);
      await speak(page, lang);
      await page.goto('/refer');
      await page.locator('input[name=company]').fill(company);
      await page.locator('textarea[name=reason]').fill('Zweite Linie seit Herbst.');
      await page.locator('input[name=role]').fill('t.falk@neuhaus.example');
      await page.locator('main form [type=submit]').click();
      await expect(page.getByRole('alert').first()).toContainText(said.mailAddress);
      await expect(page.locator('input[name=company]')).toHaveValue(company);
      await shoot(page, `refer-refused.${lang}`);
      await page.locator('input[name=role]').fill('Leitung Einkauf');
      // The whole card is the label.
      await page.locator('.choice label', { hasText: said.nothing }).click();
      await page.locator('main form [type=submit]').click();
      await expect(page.getByRole('heading', { level: 1, name: company })).toBeVisible();
      await expect(page.locator('.stage output')).toContainText('/i/');
      await shoot(page, `referral.${lang}`);
      const link = await page.locator('.stage output').innerText();

      await page.goto(new URL(link).pathname);
      await expect(page.getByRole('heading', { name: said.disclosure })).toBeVisible();
    });

    test('nothing is ever sent, and every page says what this is', async ({ page, mails, tolerate }) => {
      tolerate(/status of 404/);
      await be(page, ROLES[lang].advocate);
      await speak(page, lang);
      for (const path of ['/', '/refer', '/tiers', '/nowhere', '/dev/mail']) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(path === '/nowhere' ? 404 : 200);
        await expect(page.locator('.demo-flag'), path).toBeVisible();
      }
      // The story has written hundreds of mails, and a mail server is at hand.
      expect(await page.locator('main details').count()).toBeGreaterThan(10);
      expect(mails.all()).toEqual([]);
    });

    test('an account manager takes a referral on, and asks back', async ({ page }) => {
      // The other language may come to the same referral.
      const question = `Eine Frage zur zweiten Linie (${lang}): Seit wann läuft sie?`;
      await be(page, ROLES[lang].manager);
      await speak(page, lang);
      await page.goto('/work/board');
      const ticket = page.locator('.ticket:has(form)').first();
      const company = await ticket.locator('h4').innerText();
      await ticket.locator('form button').click();
      await expect(page.getByRole('status')).toBeVisible();
      await page.locator('.ticket h4 a', { hasText: company }).first().click();
      await expect(page.getByRole('heading', { level: 1, name: company })).toBeVisible();
      await shoot(page, `work-referral.${lang}`);
      await page.locator('textarea[name=message]').fill(question);
      await page.locator('form[action$="/messages"] [type=submit]').click();
      await expect(page.locator('.said', { hasText: question })).toBeVisible();
    });
  });
}
