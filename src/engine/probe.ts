import type { BackendName } from '#core/engine.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import type { ProbeResult } from '#core/protocol/train-worker.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend, type WasmPaths } from './backends.ts';
import { trainNetworkOn } from './networks/registry.ts';

/** The probe's network: 20-64-64-3 on batches of 64, a usual small table. */
const ROWS = 128;
const WIDTH = 20;
const CLASSES = 3;
const BATCH = 64;
/** The first epoch compiles kernels and is not counted. */
const EPOCHS = 6;
/** A slow backend is not timed for longer than this after its first epoch, in milliseconds. */
const BUDGET_MS = 400;

type Timing = ProbeResult['timings'][number];

/**
 * wasm is kept unless another backend needs less than this share of its time: two that are nearly equal
 * would change places with the weather, and the weights with them.
 */
const CLEARLY_FASTER = 0.67;

/**
 * Times a few training steps of a small network on each backend and chooses one: the fastest where it is
 * clearly faster than wasm, else wasm. A backend that does not start is noted and passed over.
 */
export async function probeBackends(
  backends: readonly BackendName[],
  wasmPaths: WasmPaths,
): Promise<ProbeResult> {
  const timings: Timing[] = [];
  for (const backend of backends) timings.push(await timeBackend(backend, wasmPaths));
  return { chosen: chosenBackend(timings), timings };
}

/** The backend that the timings speak for. */
export function chosenBackend(timings: readonly Timing[]): BackendName {
  const msOf = (timing: Timing | undefined): number => timing?.stepMs ?? Infinity;
  const wasm = timings.find(({ backend }) => backend === 'wasm');
  const fastest = timings.toSorted((a, b) => msOf(a) - msOf(b))[0];
  if (msOf(fastest) === Infinity) return 'cpu';
  return msOf(fastest) < CLEARLY_FASTER * msOf(wasm) ? (fastest?.backend ?? 'cpu') : 'wasm';
}

async function timeBackend(backend: BackendName, wasmPaths: WasmPaths): Promise<Timing> {
  try {
    const { adapter } = await activateBackend(backend, wasmPaths);
    return { backend, adapter, stepMs: await stepMilliseconds(backend), note: 'timed' };
  } catch (thrown) {
    const note = thrown instanceof Error ? thrown.message : String(thrown);
    return { backend, adapter: null, stepMs: null, note };
  }
}

/** Milliseconds per step: the fastest epoch after the first, divided by its steps. */
async function stepMilliseconds(backend: BackendName): Promise<number> {
  const random = new RandomStream(1);
  const data = probeData(random);
  const training = trainNetworkOn(
    backend,
    mlp,
  )({
    train: data,
    validation: data,
    parameters: resolveParameters(
      mlp.parameters,
      { hidden_units: [64, 64], batch_size: BATCH, epochs: EPOCHS, patience: EPOCHS },
      'probe',
    ),
    random,
    signal: new AbortController().signal,
  });
  let best = Infinity;
  let last = performance.now();
  let spent = 0;
  for (let epoch = 0; ; epoch += 1) {
    const step = await training.next();
    const now = performance.now();
    if (step.done === true) {
      step.value.dispose();
      return best / (ROWS / BATCH);
    }
    if (epoch > 0) {
      best = Math.min(best, now - last);
      spent += now - last;
    }
    last = now;
    if (spent > BUDGET_MS) {
      await training.return(undefined as never);
      return best / (ROWS / BATCH);
    }
  }
}

function probeData(random: RandomStream): TrainingData {
  const values = Float32Array.from({ length: ROWS * WIDTH }, () => random.uniform());
  const target = Float64Array.from({ length: ROWS }, () => random.integer(CLASSES));
  const names = Array.from({ length: WIDTH }, (_, i) => `x${i}`);
  const features = { rows: ROWS, width: WIDTH, values, names };
  return { task: 'classification', features, target, outputs: CLASSES };
}

/** The probe's outcome in a sentence, for the run's record. */
export function probeReason({ timings }: ProbeResult): string {
  const parts = timings.map(({ backend, stepMs, note }) =>
    stepMs === null
      ? `${backend} not available (${note})`
      : `${backend} ${stepMs.toFixed(2)} ms a step`,
  );
  return `timed: ${parts.join(', ')}`;
}
