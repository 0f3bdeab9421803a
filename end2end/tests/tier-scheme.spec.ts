// Marketing moves a thousand customers from three tiers to four, by page: draft, preview, pilot, a look at it, roll-out, undo, and
// roll-out again. What the preview has said, by number and by name, is what happens.
import type { Page } from '@playwright/test';
import { be, speak } from '../fixtures/faces.ts';
import { Portal } from '../fixtures/portal.ts';
import { axe, expect, shoot, test } from '../fixtures/test.ts';

const SAID = {
  de: { marketing: /Programmleitung/, pilot: 'Der Pilot läuft', all: 'gilt für alle' },
  en: { marketing: /Programme manager/, pilot: 'pilot is running', all: 'in force for everybody' },
} as const;

/** The new tier, in both languages. */
const TOP = 'Titan';

/** A number as a page writes it: `1.004`, `1,004`. */
const number = (text: string) => Number(text.replaceAll(/\D/g, ''));

/** The lines of a table, each a list of its texts. */
function lines(page: Page, table: string): Promise<string[][]> {
  return page
    .locator(`${table} tbody tr`)
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').trim())));
}

/** How many have each of the tiers in force. */
async function population(page: Page): Promise<Map<string, number>> {
  await page.goto('/manage/tiers');
  const rows = await lines(page, 'section.panel:not([aria-labelledby]) table');
  return new Map(rows.map((row) => [row[0] ?? '', number(row.at(-1) ?? '')]));
}

/** How many came from which tier to which by what is on its way. */
async function came(page: Page): Promise<Map<string, number>> {
  await page.goto('/manage/tiers');
  const rows = await lines(page, 'section[aria-labelledby=rollout] table');
  return new Map(rows.map(([from, to, count]) => [`${from} → ${to}`, number(count ?? '')]));
}

const sum = (counts: Map<string, number>) => [...counts.values()].reduce((all, count) => all + count, 0);

// A house of its own: it has one scheme of tiers, which everybody else's journeys see. One language with scripts, the other
// without: each takes the thousand through four times.
test('a thousand customers go from three tiers to four', async ({ browser, database }, { project }) => {
  test.setTimeout(900_000);
  const scripts = project.use.javaScriptEnabled !== false;
  const lang = scripts ? 'de' : 'en';
  const said = SAID[lang];
  const portal = await Portal.start({ database, demo: true });
  const locale = scripts ? 'de-DE' : 'en-GB';
  const context = await browser.newContext({ baseURL: portal.url, locale, javaScriptEnabled: scripts });
  const lena = await context.newPage();

  /** Members are moved in the background; the page says how far it has come. */
  const settled = async (then: string, without?: string) =>
    expect(async () => {
      await lena.goto('/manage/tiers');
      const rollout = lena.locator('section[aria-labelledby=rollout]');
      await expect(rollout).toContainText(then, { timeout: 1_000 });
      if (without) await expect(rollout).not.toContainText(without, { timeout: 1_000 });
    }).toPass({ timeout: 180_000 });
  const decide = (act: string) => lena.locator(`form[action="/manage/tiers/rollout"] button[value=${act}]`).click();
  const save = () => lena.locator('main form button[value=save]').last().click();
  const forAll = async () => {
    const form = lena.locator('form:has(input[name=pilot][value=""])');
    const confirm = form.locator('input[name=confirmed]');
    if (await confirm.count()) await confirm.check();
    await form.locator('[type=submit]').click();
    await settled(said.all);
  };
  /** The numbers of the preview: who rises, who falls short, who stays. */
  const outlook = async () => {
    const numbers = (await lena.locator('nav.moves a b').allInnerTexts()).map(number);
    return { rises: numbers[0] ?? 0, falls: numbers[1] ?? 0, stays: numbers[2] ?? 0 };
  };
  /** A draft with one tier more at the top, and what the preview says of it. */
  const fourth = async () => {
    await lena.goto('/manage/tiers/draft');
    await expect(lena.locator('input[name^=code]')).toHaveCount(3);
    await lena.locator('button[value=add]').click();
    for (const language of ['de', 'en']) {
      await lena.locator(`#name_${language}3`).fill(TOP);
      await lena.locator(`#benefits_${language}3`).fill('Ein Tag mit der Entwicklung · A day with the developers');
    }
    await lena.locator('#metric3_0').selectOption('won_referrals');
    await lena.locator('#value3_0').fill('3');
    await lena.locator('#period3_0').selectOption('rolling_year');
    await save();
    await expect(lena).toHaveURL(/preview/);
    return outlook();
  };

  try {
    await be(lena, said.marketing);
    // Hers is German, whatever her browser asks for.
    await speak(lena, lang);

    // Down to three tiers: whoever had one that goes comes to the one below it, and nobody is lost.
    const before = await population(lena);
    expect(before.size).toBeGreaterThan(3);
    await lena.goto('/manage/tiers/draft');
    // The draft that somebody has left is thrown away first.
    await lena.locator('button[value=discard]').click();
    await lena.goto('/manage/tiers/draft');
    for (let count = before.size; count > 3; count -= 1) {
      await expect(lena.locator('input[name^=code]')).toHaveCount(count);
      await lena.locator(`button[value="remove ${count - 1}"]`).click();
    }
    await save();
    await expect(lena).toHaveURL(/preview/);
    const everybody = await outlook();
    const customers = everybody.rises + everybody.falls + everybody.stays;
    expect(customers).toBeGreaterThanOrEqual(1_000);
    await forAll();
    const three = await population(lena);
    expect(three.size).toBe(3);
    expect(sum(three)).toBe(sum(before));
    const highest = [...three.keys()][0] ?? '';

    // One more: the preview by number and by name. It asks for more than the highest did, so all who rise have that one.
    const seen = await fourth();
    expect(seen.rises).toBeGreaterThan(2);
    expect(seen.rises).toBeLessThan(50);
    expect(seen.falls).toBe(0);
    expect(seen.rises + seen.falls + seen.stays).toBe(customers);
    const ladder = await lines(lena, 'section.panel:not([aria-labelledby]) table');
    expect(ladder[0]?.[0]).toBe(TOP);
    expect(number(ladder[0]?.at(-1) ?? '')).toBe(seen.rises);
    const rising = await lines(lena, 'section[aria-labelledby=who] table');
    expect(rising).toHaveLength(seen.rises);
    for (const [, , has, reaches] of rising) expect([has, reaches]).toEqual([highest, TOP]);
    const people = await lena.locator('section[aria-labelledby=who] th a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    if (scripts) await axe(lena);
    await shoot(lena, `tier-scheme-preview.${lang}`);
    await lena.locator('nav.moves a').nth(1).click();
    await expect(lena.locator('section[aria-labelledby=who] table')).toHaveCount(0);
    await lena.locator('nav.moves a').nth(2).click();
    expect((await lines(lena, 'section[aria-labelledby=who] table')).length).toBe(50);
    // Nobody has anything of it yet.
    expect(await population(lena)).toEqual(three);

    // A pilot: the customers of one account manager.
    await lena.goto('/manage/tiers/preview');
    const pilot = lena.locator('details:has(input[name^=managers-])');
    await pilot.locator('summary').click();
    await pilot.getByLabel('Miriam Vogt').check();
    await pilot.locator('[type=submit]').click();
    await settled(said.pilot);
    const piloted = await came(lena);
    const risen = piloted.get(`${highest} → ${TOP}`) ?? 0;
    expect(risen).toBeGreaterThan(0);
    expect(risen).toBeLessThan(seen.rises);
    expect(sum(piloted)).toBeLessThan(customers);
    // Everybody else goes by the three tiers, and the counts of these are short of those who have risen.
    const meanwhile = await population(lena);
    expect(meanwhile.get(highest)).toBe((three.get(highest) ?? 0) - risen);
    if (scripts) await axe(lena);
    await shoot(lena, `tier-scheme-pilot.${lang}`);

    // For everybody: as many rise as the preview has said, and nobody else moves.
    await decide('all');
    await settled(said.all);
    const moved = await came(lena);
    expect(moved.get(`${highest} → ${TOP}`)).toBe(seen.rises);
    expect(sum(moved)).toBe(customers);
    for (const [way] of moved) {
      const [from, to] = way.split(' → ');
      expect(from === to || to === TOP, way).toBe(true);
    }
    const four = await population(lena);
    expect(four.size).toBe(4);
    expect(four.get(TOP)).toBe(seen.rises);
    expect(sum(four)).toBe(sum(three));
    // And it is those whom the preview has named.
    for (const person of people) {
      await lena.goto(person);
      await expect(lena.locator('main'), person).toContainText(TOP);
    }
    await lena.goto('/manage/tiers');
    await shoot(lena, `tier-scheme-rolled-out.${lang}`);

    // Back, and everybody has what they had; then once more, with the same outcome.
    await decide('undo');
    // The version that was there before is the last one again.
    await settled(said.all, TOP);
    expect(await population(lena)).toEqual(three);
    expect(await fourth()).toEqual(seen);
    await forAll();
    expect(await came(lena)).toEqual(moved);
    expect(await population(lena)).toEqual(four);
  } finally {
    await context.close();
    await portal.stop();
  }
});
