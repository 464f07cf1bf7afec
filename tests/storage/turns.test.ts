import { openTab } from './test-database.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TerrariumDatabase } from '#storage/database.ts';
import { DEAD_AFTER_MS } from '#storage/liveness.ts';
import { inTurn } from '#storage/turns.ts';

const { signal } = new AbortController();
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const places = (db: TerrariumDatabase) => db.heartbeats.count();

/* Web Locks are a browser's: tests/browser/storage.test.ts has them. Here, the line of plain http. */
describe('turns without Web Locks', () => {
  it('come one after the other over several tabs, in the order in which they were asked for', async () => {
    const tab = await openTab();
    const tabs = [tab, await openTab(tab.name), await openTab(tab.name), tab];
    const told: string[] = [];
    const turns: Promise<void>[] = [];
    for (const [i, db] of tabs.entries()) {
      const body = async (): Promise<void> => {
        told.push(`from ${i}`);
        if (i === 0) await expect.poll(() => places(tab)).toBe(tabs.length);
        else await rest(20);
        told.push(`to ${i}`);
      };
      turns.push(inTurn(db, signal, body, null));
      await expect.poll(() => places(tab)).toBe(i + 1);
    }
    await Promise.all(turns);
    expect(told).toEqual([0, 1, 2, 3].flatMap((i) => [`from ${i}`, `to ${i}`]));
    expect(await places(tab)).toBe(0);
  });

  it('pass on where a training fails', async () => {
    const db = await openTab();
    const failing = () => Promise.reject(new Error('no'));
    await expect(inTurn(db, signal, failing, null)).rejects.toThrow('no');
    expect(await inTurn(db, signal, async () => 'trained', null)).toBe('trained');
  });

  it('are given up at once by who is cancelled while he waits', async () => {
    const db = await openTab();
    const waiting = new AbortController();
    await inTurn(
      db,
      signal,
      async () => {
        const second = inTurn(db, waiting.signal, () => Promise.resolve('trained'), null);
        await expect.poll(() => places(db)).toBe(2);
        waiting.abort();
        await expect(second).rejects.toMatchObject({ code: 'cancelled' });
        expect(await places(db)).toBe(1);
      },
      null,
    );
  });

  describe('as time passes', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
    afterEach(() => void vi.useRealTimers());

    it('stay with a training that lives, and leave one that is silent', async () => {
      const db = await openTab();
      let end: () => void = () => {};
      const first = inTurn(db, signal, () => new Promise<void>((resolve) => (end = resolve)), null);
      await expect.poll(() => places(db)).toBe(1);
      const second = vi.fn(async () => {});
      const waiting = inTurn(db, signal, second, null);
      for (let s = 0; s < 15; s += 1) {
        await vi.advanceTimersByTimeAsync(1_000);
        await rest(20);
      }
      expect(second).not.toHaveBeenCalled();
      vi.setSystemTime(Date.now() + DEAD_AFTER_MS);
      await waiting;
      expect(second).toHaveBeenCalledOnce();
      end();
      await first;
    });
  });
});
