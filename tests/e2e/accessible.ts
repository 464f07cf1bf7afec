import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';

/** The sizes and themes in which every page must be right. */
const looks = [
  { name: 'dark, 390 px', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  { name: 'light, 390 px', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'light, 1920 px', colorScheme: 'light', viewport: { width: 1920, height: 1080 } },
  { name: 'dark, 1280 px', colorScheme: 'dark', viewport: { width: 1280, height: 860 } },
  { name: 'light, 1280 px', colorScheme: 'light', viewport: { width: 1280, height: 860 } },
] as const;

/**
 * Holds the page as it stands against WCAG 2.2 AA, small and large, light and dark, and checks that it does not
 * scroll sideways.
 */
export async function expectAccessible(page: Page): Promise<void> {
  for (const { name, colorScheme, viewport } of looks) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await expectAccessibleAsItIs(page, name);
  }
}

async function expectAccessibleAsItIs(page: Page, look: string): Promise<void> {
  // Colours are measured at rest, not in the middle of a transition.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
        .map((animation) => animation.finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html) }));
  expect(found, `${look}: ${JSON.stringify(found, null, 2)}`).toEqual([]);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways, `${look}: pixels that the page scrolls sideways`).toBe(0);
}
