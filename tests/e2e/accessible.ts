import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

/** The sizes in which every page must be right: a phone, a laptop, and a wide screen, which is laid out like a laptop. */
const phone = { width: 390, height: 844 };
const laptop = { width: 1280, height: 860 };
const wide = { width: 1920, height: 1080 };

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Without it the phone is looked at in the dark and the laptop in the light, with it both in both. So a test that is not
 * itself long has to run again there, by the tag @accessible.
 */
const isLong = process.env.TERRARIUM_LONG === '1';

/**
 * Holds the page as it stands against WCAG 2.2 AA on a phone and a laptop, its colours also in the dark, and checks
 * that it scrolls sideways at no size.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = test.info().tags;
  expect(
    ['@long', '@accessible'].some((tag) => tags.includes(tag)),
    'has a tag of the long run',
  ).toBe(true);
  for (const viewport of [wide, phone, laptop]) {
    await page.setViewportSize(viewport);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways, `pixels that the page scrolls sideways at ${viewport.width} px`).toBe(0);
    if (viewport === wide) continue;
    await showWhole(page, viewport);
    if (isLong || viewport === phone) {
      await show(page, 'dark');
      await expectNoViolations(page, (axe) => axe.withRules('color-contrast'));
    }
    await show(page, 'light');
    if (isLong || viewport === laptop) {
      await expectNoViolations(page, (axe) => axe.withTags(everyRule));
    }
  }
  await page.setViewportSize(laptop);
}

/** Makes the window as high as the page: the bars at its head and foot then cover nothing that one would scroll to. */
async function showWhole(page: Page, { width, height }: typeof phone): Promise<void> {
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
}

/** Colours are measured at rest: the page takes the theme a frame later, and transitions begin with the next. */
async function show(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().iterations !== Infinity) animation.finish();
    }
  });
}

async function expectNoViolations(
  page: Page,
  choose: (axe: AxeBuilder) => AxeBuilder,
): Promise<void> {
  const { violations } = await choose(new AxeBuilder({ page })).analyze();
  const theme = await page.evaluate(() => document.documentElement.dataset.theme);
  const found = violations.map(({ id, nodes }) => ({
    id,
    at: nodes.map((node) => `${node.html}: ${node.failureSummary ?? ''}`),
  }));
  const look = `${theme ?? ''}, ${page.viewportSize()?.width ?? 0} px`;
  expect(found, `${look}: ${JSON.stringify(found, null, 2)}`).toEqual([]);
}
