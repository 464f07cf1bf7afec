import { unlessAborted } from '#core/job-queue.ts';
import { threadLost } from '#core/parallel/crew.ts';
import { ONE_THREAD, type Thread, type Threads } from '#core/parallel/threads.ts';
import { Breather } from '#core/breather.ts';
import type { ForestGrowth, ForestPlan } from './forest-growth.ts';
import { takeTree, type ForestAnswer, type ForestOrder } from './grow-ordered.ts';
import type { GrownNodes } from '../tree-list.ts';

/**
 * The trees of a forest, in their order. The first one tells how long the others will take: where that is worth it,
 * other threads grow trees too. Who grew a tree changes nothing of it.
 */
export async function* treesInTurn(
  plan: ForestPlan,
  growth: ForestGrowth,
  signal: AbortSignal,
  threads: Threads = ONE_THREAD,
): AsyncGenerator<GrownNodes, void> {
  const breather = new Breather(signal);
  const { trees } = plan.kind;
  await breather.breathe();
  const start = performance.now();
  const first = growth.grow(1);
  const leftMs = (performance.now() - start) * (trees - 1);
  const others = new OtherThreads(plan, leftMs > threads.worthMs ? threads : ONE_THREAD);
  try {
    yield first;
    for (let tree = 2; tree <= trees; tree += 1) {
      while (!others.grown.has(tree)) {
        const own = takeTree(others.order);
        if (own > 0) others.grown.set(own, growth.grow(own));
        else await unlessAborted(others.news(), signal);
        await breather.breathe();
      }
      const grown = others.grown.get(tree);
      others.grown.delete(tree);
      if (grown !== undefined) yield grown;
    }
  } finally {
    others.end();
  }
}

/** The threads that grow trees beside this one, and what they have grown. */
class OtherThreads {
  /** Trees whose turn has not come, by number. */
  readonly grown = new Map<number, GrownNodes>();
  readonly order: ForestOrder;
  readonly #threads: Thread[] = [];
  #lost: string | undefined;
  #wake = (): void => undefined;

  constructor(plan: ForestPlan, threads: Threads) {
    const isAlone = threads.count === 1;
    const next = isAlone ? new ArrayBuffer(4) : new SharedArrayBuffer(4);
    this.order = {
      kind: 'forest',
      plan: isAlone ? plan : inSharedMemory(plan),
      next: new Int32Array(next).fill(2),
    };
    for (let i = 1; i < threads.count; i += 1) this.#start(threads);
  }

  /** Waits until something is heard of the other threads. @throws TerrariumError when one is gone */
  async news(): Promise<void> {
    if (this.#lost === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#lost !== undefined) throw threadLost(this.#lost);
  }

  end(): void {
    for (const thread of this.#threads) thread.end();
  }

  #start(threads: Threads): void {
    let hasStarted = false;
    const thread = threads.start({
      onMessage: (message) => {
        hasStarted = true;
        const answer = message as ForestAnswer;
        if (answer.kind === 'tree') this.grown.set(answer.tree, answer.nodes);
        this.#wake();
      },
      // One that never started has no tree: the others do without it.
      onLost: (reason) => {
        if (hasStarted) this.#lost = reason;
        this.#wake();
      },
    });
    thread.send(this.order);
    this.#threads.push(thread);
  }
}

/** With the features' values where all threads can read them, so that there is one copy for all. */
function inSharedMemory(plan: ForestPlan): ForestPlan {
  const { rows, width, names, values } = plan.train.features;
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return { ...plan, train: { ...plan.train, features: { rows, width, names, values: shared } } };
}
