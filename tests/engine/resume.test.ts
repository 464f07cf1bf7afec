// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { readPosition } from '#engine/networks/position.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { runToEnd, type Trained } from '../support/run-to-end.ts';
import type { Given, NodeBackend } from '../support/train-network.ts';
import { drawTraining } from '../support/training-data.ts';

const trainings: Readonly<Record<string, Given>> = {
  adam: { weight_decay: 0.01 },
  'adamw in one cycle': { optimizer: 'adamw', weight_decay: 0.1, schedule: 'one_cycle' },
  'dropout and batch normalization': { dropout: 0.3, batch_norm: true, clip_norm: 0.5 },
  'sgd that drops': { optimizer: 'sgd', nesterov: true, schedule: 'step', drop_epochs: 3 },
};

interface Sitting {
  readonly parameters: Given;
  readonly last?: Checkpoint | null;
  /** The training is killed once so many checkpoints were kept; never where absent. */
  readonly killAfter?: number;
}

interface Outcome {
  readonly kept: readonly Checkpoint[];
  /** Null where it was killed. */
  readonly trained: Trained | null;
}

/** Trains until the end, or until it is killed. What was kept goes through JSON and bytes, as in storage. */
async function sit(
  backend: NodeBackend,
  { parameters, last = null, killAfter = Infinity }: Sitting,
): Promise<Outcome> {
  const kept: Checkpoint[] = [];
  const kill = new AbortController();
  const training = trainNetworkOn(
    backend,
    mlp,
  )({
    train: drawTraining('classification', { seed: 1, outputs: 3 }),
    validation: drawTraining('classification', { seed: 2, outputs: 3 }),
    parameters: resolveParameters(
      mlp.parameters,
      { hidden_units: [7, 5], batch_size: 16, epochs: 8, patience: 4, ...parameters },
      'test',
    ),
    random: new RandomStream(3),
    signal: kill.signal,
    checkpoints: {
      last,
      due: () => true,
      keep: (checkpoint) => {
        kept.push(structuredClone(checkpoint));
        if (kept.length >= killAfter) kill.abort();
        return Promise.resolve();
      },
    },
  });
  try {
    return { kept, trained: await runToEnd(training) };
  } catch (thrown) {
    if (!kill.signal.aborted) throw thrown;
    return { kept, trained: null };
  }
}

const places = (['wasm', 'cpu'] as const).flatMap((backend) =>
  Object.entries(trainings).map(([name, parameters]) => ({ backend, name, parameters })),
);

describe.each(places)('a training on $backend, $name', ({ backend, parameters }) => {
  beforeAll(() => activateBackend('cpu', ''));

  it('goes on from any of its checkpoints to the same weights and curve', async () => {
    const whole = await sit(backend, { parameters });
    const places = whole.kept.map(({ position }) => readPosition(position));
    expect(places.some(({ batch }) => batch > 0)).toBe(true);
    expect(places.some(({ batch, epoch }) => batch === 0 && epoch > 3)).toBe(true);
    // tfjs on the processor is slow: from some of them.
    const some = whole.kept.filter((_, i) => backend === 'wasm' || i % 5 === 3);
    for (const last of some) {
      const rest = await sit(backend, { parameters, last });
      expect(rest.trained?.model.weights).toEqual(whole.trained?.model.weights);
      expect(rest.trained?.history).toEqual(whole.trained?.history);
      rest.trained?.model.dispose();
    }
    whole.trained?.model.dispose();
  });

  it('that is killed again and again ends as one left alone', async () => {
    const { trained: whole } = await sit(backend, { parameters });
    let last: Checkpoint | null = null;
    let trained: Trained | null = null;
    let kills = 0;
    while (trained === null) {
      const outcome: Outcome = await sit(backend, { parameters, last, killAfter: 5 });
      trained = outcome.trained;
      last = outcome.kept.at(-1) ?? last;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(2);
    expect(trained.model.weights).toEqual(whole?.model.weights);
    expect(trained.history).toEqual(whole?.history);
    trained.model.dispose();
    whole?.model.dispose();
  });
});

describe('a pause', () => {
  it('holds the training where it is, and changes nothing', async () => {
    const waits: (() => void)[] = [];
    const train = (mayGoOn?: () => Promise<void>) =>
      trainNetworkOn(
        'wasm',
        mlp,
      )({
        train: drawTraining('regression', { seed: 1, outputs: 1 }),
        validation: drawTraining('regression', { seed: 2, outputs: 1 }),
        parameters: resolveParameters(mlp.parameters, { epochs: 2, patience: 2 }, 'test'),
        random: new RandomStream(3),
        signal: new AbortController().signal,
        ...(mayGoOn && { mayGoOn }),
      });
    const free = train();
    const first = await free.next();
    const paused = train(() => new Promise((resolve) => waits.push(resolve)));
    const pending = paused.next();
    const early = await Promise.race([
      pending.then(() => 'went on'),
      new Promise((resolve) => setTimeout(() => resolve('waits'), 50)),
    ]);
    expect(early).toBe('waits');
    const release = setInterval(() => waits.splice(0).forEach((go) => go()), 1);
    expect(await pending).toEqual(first);
    clearInterval(release);
  });
});
