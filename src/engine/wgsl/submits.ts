import type { Breather } from '#core/breather.ts';
import type { DeviceClock } from '#engine/device-clock.ts';
import type { Gpu } from './gpu.ts';
import type { Pass } from './pass.ts';
import { packSteps, STEP_STRIDE, type Step } from './steps.ts';

/** The most steps of one submit. */
export const MOST_STEPS = 1024;
/** What a submit should take, in milliseconds: the screen waits for one, and a cancel for two. */
const SUBMIT_MS = 40;

/** A pass that each step is dispatched to. */
export interface Dispatch {
  readonly pass: Pass;
  readonly workgroups: (step: Pick<Step, 'rows'>) => readonly [x: number, y?: number, z?: number];
}

/** Hands steps to the GPU, as many in a submit as it does in a short time. It works on one while the next is on its way. */
export class Submits {
  readonly #gpu: Gpu;
  readonly #clock: DeviceClock;
  readonly #table: GPUBuffer;
  readonly #dispatches: readonly Dispatch[];
  /** One at first: nobody knows yet how long it takes. */
  #perSubmit = 1;

  /** @param table where the passes read their steps, with room for `MOST_STEPS` */
  constructor(gpu: Gpu, clock: DeviceClock, table: GPUBuffer, dispatches: readonly Dispatch[]) {
    this.#gpu = gpu;
    this.#clock = clock;
    this.#table = table;
    this.#dispatches = dispatches;
  }

  /** Hands in the steps in their order. The last ones may still be under way after it. */
  async run(steps: readonly Step[], breather: Breather): Promise<void> {
    let [before, last] = [Promise.resolve(), Promise.resolve()];
    const course = { startMs: performance.now(), done: 0 };
    for (let from = 0; from < steps.length;) {
      await this.#gpu.wait(before);
      await breather.breathe();
      const part = steps.slice(from, from + this.#perSubmit);
      this.#submit(part);
      [before, last] = [last, this.#time(part.length, course)];
      from += part.length;
    }
  }

  #submit(steps: readonly Step[]): void {
    const { device } = this.#gpu;
    device.queue.writeBuffer(this.#table, 0, packSteps(steps));
    this.#clock.makeRoom(1);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass(this.#clock.writes);
    for (const [i, step] of steps.entries()) {
      for (const { pass: own, workgroups } of this.#dispatches) {
        pass.setPipeline(own.pipeline);
        pass.setBindGroup(0, own.group, [i * STEP_STRIDE]);
        pass.dispatchWorkgroups(...workgroups(step));
      }
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
  }

  /**
   * Waits for what was submitted last, and learns how many steps fit the time: from all of a run so far, since a busy
   * thread hears of two submits at once, and by itself the second one would have taken no time.
   */
  async #time(steps: number, course: { readonly startMs: number; done: number }): Promise<void> {
    try {
      await this.#gpu.device.queue.onSubmittedWorkDone();
    } catch {
      return; // A lost device, which the next wait tells of.
    }
    course.done += steps;
    const each = (performance.now() - course.startMs) / course.done;
    const fitting = Math.floor(SUBMIT_MS / Math.max(each, 1e-3));
    this.#perSubmit = Math.max(1, Math.min(fitting, 4 * this.#perSubmit, MOST_STEPS));
  }
}
