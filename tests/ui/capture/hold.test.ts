import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Hold } from '#ui/pages/capture/hold.svelte.ts';

/** Longer than a beat. */
const LATER_MS = 250;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A button's hold on a camera that needs `frameMs` for a frame, and what is said of the frames. */
function holding(frameMs: number) {
  const said: number[] = [];
  const camera = { frames: 0, isOn: true };
  const hold = new Hold({
    onbeat: async () => {
      await new Promise((resolve) => setTimeout(resolve, frameMs));
      camera.frames += 1;
    },
    mayGoOn: () => camera.isOn,
    ondone: () => said.push(camera.frames),
  });
  return { hold, camera, said };
}

test('a press that is over before its frame is there is told of when it is', async () => {
  const { hold, said } = holding(30);
  void hold.press();
  hold.letGo();
  expect(said).toEqual([]);
  await vi.advanceTimersByTimeAsync(30);
  expect(said).toEqual([1]);
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(said).toEqual([1]);
});

test('what is held goes on at each beat, and is told of at once when it is let go between two', async () => {
  const { hold, said } = holding(30);
  void hold.press();
  await vi.advanceTimersByTimeAsync(2 * LATER_MS);
  expect(said).toEqual([]);
  hold.letGo();
  expect(said).toEqual([3]);
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(said).toEqual([3]);
});

test('presses within one beat have a frame each, and are told of once; only the last goes on', async () => {
  const { hold, camera, said } = holding(150);
  void hold.press();
  hold.letGo();
  await vi.advanceTimersByTimeAsync(20);
  void hold.press();
  await vi.advanceTimersByTimeAsync(LATER_MS - 20);
  expect(camera.frames).toBe(2);
  hold.letGo();
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(camera.frames).toBe(3);
  expect(said).toEqual([3]);
});

test('a camera that goes off ends the press, and an absent one begins none', async () => {
  const { hold, camera, said } = holding(30);
  void hold.press();
  await vi.advanceTimersByTimeAsync(LATER_MS);
  camera.isOn = false;
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(hold.lasts).toBe(false);
  expect(said).toEqual([2]);
  void hold.press();
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(said).toEqual([2]);
});

test('a frame that fails leaves the button as it was', async () => {
  const said: string[] = [];
  const hold = new Hold({
    onbeat: () => Promise.reject(new Error('no picture')),
    mayGoOn: () => true,
    ondone: () => said.push('done'),
  });
  const press = hold.press();
  hold.letGo();
  await expect(press).rejects.toThrow('no picture');
  expect(said).toEqual(['done']);
  expect(hold.lasts).toBe(false);
});
