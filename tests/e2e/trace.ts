import type { Browser, Page } from '@playwright/test';
import { expect } from './app.ts';

interface Trace {
  readonly traceEvents: readonly {
    readonly name: string;
    readonly pid: number;
    readonly tid: number;
    /** Microseconds of the thread's own time. */
    readonly tdur?: number;
    readonly args?: { readonly name?: string };
  }[];
}

/**
 * Milliseconds of thread time of the page thread's longest task while something happens. What the page does comes
 * back in every run; what the machine does (a page fault, a collection) does not: up to three runs, until one stays
 * below 50.
 * @returns the longest task of each run
 */
export async function longestTasks(
  browser: Browser,
  run: {
    readonly prepare: () => Promise<Page>;
    readonly happen: (page: Page) => Promise<void>;
  },
): Promise<readonly number[]> {
  const longest: number[] = [];
  while (longest.length < 3 && !longest.some((ms) => ms < 50)) {
    const page = await run.prepare();
    await browser.startTracing(page, {
      categories: ['toplevel', 'disabled-by-default-lighthouse'],
    });
    await run.happen(page);
    longest.push(longestTask(JSON.parse((await browser.stopTracing()).toString()) as Trace));
  }
  return longest;
}

/** Fails unless the last run stayed below 50 ms. */
export function expectShort(longest: readonly number[]): void {
  const said = `milliseconds of the longest task: ${longest.join(', ')}`;
  expect(longest.at(-1), said).toBeLessThan(50);
}

function longestTask({ traceEvents }: Trace): number {
  const main = traceEvents.find(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const tasks = traceEvents.flatMap(({ name, pid, tid, tdur }) =>
    name.endsWith('RunTask') && pid === main?.pid && tid === main.tid && tdur !== undefined
      ? [tdur / 1000]
      : [],
  );
  expect(tasks.length).toBeGreaterThan(50);
  return Math.max(...tasks);
}
