import type { EpochEvent, Trainer, TrainingInput } from '#core/models/estimator.ts';
import type { CheckpointMoment } from '#core/checkpoints/checkpoint.ts';
import type { TrainingCost } from '#core/models/training-pulse.ts';
import { isTimeUp, stepsLeft } from '#core/networks/budget.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { TrainingSettings } from '#core/networks/training.ts';
import { Breather } from '#core/breather.ts';
import { CostMeter } from './cost-meter.ts';
import { refuseDivergence, refuseNoNumber } from './divergence.ts';
import { networkStart, type PlanOf } from './network-start.ts';
import {
  rowsOfBatch,
  type Batches,
  type Network,
  type NetworkBackend,
  type NetworkStart,
  type NetworkTensors,
} from './network.ts';
import { lookAtLayers } from './kernels/look-at-layers.ts';
import { Pace } from './pace.ts';
import { PulseBeat } from './pulse-beat.ts';
import { readPosition, START, type Position } from './position.ts';
import { TrainingBatches } from './training-batches.ts';
import { validationScore } from './validation-score.ts';

/** Trains any network on a backend. All randomness comes from the run's stream, so a seed gives the same bits. */
export function networkTrainer(backend: NetworkBackend, planOf: PlanOf): Trainer {
  return async function* (input) {
    const startMs = performance.now();
    const plan = planOf(input);
    const start = networkStart(plan, input);
    const { settings } = start;
    const network = await backend.start(start);
    const loop = new Loop(network, start, input);
    const beforeMs = performance.now() - startMs;
    let best: NetworkTensors;
    let cost: TrainingCost;
    try {
      best = yield* loop.run();
      ({ cost } = loop);
    } finally {
      network.free();
    }
    const endMs = performance.now();
    const predictor = await backend.predictor(best, plan);
    const { stoppedAtStep } = loop;
    return {
      weights: best,
      warnings: stoppedAtStep === undefined ? [] : [timeIsUp(settings.maxSeconds, stoppedAtStep)],
      ...(stoppedAtStep === undefined ? {} : { stoppedAtStep }),
      // Its beginning and its end belong to it too.
      cost: { ...cost, wallMs: cost.wallMs + beforeMs + performance.now() - endMs },
      predict: (features) => predictor.predict(features),
      dispose: () => {
        predictor.dispose();
      },
    };
  };
}

/**
 * Epochs over shuffled batches, early stopping on the validation loss, the best epoch's weights kept. Where it stands is
 * kept in checkpoints, from which it goes on with the same bits.
 */
class Loop {
  readonly #network: Network;
  readonly #plan: NetworkPlan;
  readonly #settings: TrainingSettings;
  readonly #input: TrainingInput;
  readonly #batches: TrainingBatches;
  readonly #breather: Breather;
  readonly #pace = new Pace();
  readonly #pulse = new PulseBeat();
  readonly #meter: CostMeter;
  /** The step after which its time was up. */
  stoppedAtStep: number | undefined;
  #position: Position = START;
  #best: NetworkTensors = [];

  constructor(network: Network, start: NetworkStart, input: TrainingInput) {
    this.#network = network;
    this.#meter = new CostMeter(network);
    this.#plan = start.plan;
    this.#settings = start.settings;
    this.#input = input;
    this.#batches = new TrainingBatches(start, input);
    this.#breather = new Breather(input.signal);
  }

  /** @returns the weights of the epoch with the lowest validation loss */
  async *run(): AsyncGenerator<EpochEvent, NetworkTensors> {
    const { epochs, patience } = this.#settings;
    this.#restore();
    for (const event of this.#position.curve) yield event;
    while (this.#position.epoch <= epochs) {
      const { epoch, best } = this.#position;
      if (best !== null && epoch - 1 - best.epoch >= patience) break;
      await this.#finishEpoch();
      const step = this.#step;
      const event = await this.#measure();
      if (this.#isLate) this.stoppedAtStep = step;
      yield event;
      if (this.#isSpentAfter(step)) break;
      await this.#keep('epoch');
    }
    return this.#best;
  }

  get cost(): TrainingCost {
    return this.#meter.cost;
  }

  get #isLate(): boolean {
    return isTimeUp(this.#settings, this.#position.workedMs);
  }

  /** Whether its budget allows no step beyond these. */
  #isSpentAfter(step: number): boolean {
    return this.#isLate || stepsLeft(this.#settings, step) === 0;
  }

  /** Steps of the optimizer so far. */
  get #step(): number {
    return (this.#position.epoch - 1) * this.#batches.perEpoch + this.#position.batch;
  }

  #rateAt(step: number): number {
    const batches = this.#batches.perEpoch;
    return this.#settings.rateAt({ step, batches, steps: this.#settings.epochs * batches });
  }

  /** Trains on what is left of the epoch's batches, as far as the budget goes. */
  async #finishEpoch(): Promise<void> {
    const { perEpoch } = this.#batches;
    while (this.#position.batch < perEpoch) {
      await this.#input.mayGoOn?.();
      const { batch: from } = this.#position;
      const step = this.#step;
      const size = this.#pace.next(Math.min(perEpoch - from, stepsLeft(this.#settings, step)));
      const start = performance.now();
      const rates = Float64Array.from({ length: size }, (_, i) => this.#rateAt(step + i));
      const batches = this.#batches.take(step, rates);
      const losses = await this.#pace.time(size, () =>
        this.#network.trainBatches(batches, this.#breather),
      );
      this.#refuseExplosion(batches, losses);
      const lossSum = losses.reduce((sum, loss) => sum + loss, this.#position.lossSum);
      const tookMs = performance.now() - start;
      const workedMs = this.#position.workedMs + tookMs;
      this.#position = { ...this.#position, batch: from + size, lossSum, workedMs };
      await this.#lookIfAsked();
      const [[first], [, end]] = [rowsOfBatch(batches, 0), rowsOfBatch(batches, size - 1)];
      this.#beat(end - first, tookMs);
      if (this.#isSpentAfter(this.#step)) return;
      await this.#keep('step');
    }
  }

  async #lookIfAsked(): Promise<void> {
    const { look, train, validation } = this.#input;
    if (look?.taken() !== true) return;
    const sample = validation.features.rows > 0 ? validation : train;
    const most = this.#settings.maxMemoryBytes - this.#network.memory.bytes;
    const weights = await this.#network.weights();
    const seen = await lookAtLayers(this.#plan, weights, sample.features, most);
    look.show({ epoch: this.#position.epoch - 1, step: this.#step, ...seen });
  }

  /** Tells how it goes, now and then. */
  #beat(rows: number, tookMs: number): void {
    const rowsPerSecond = this.#pulse.count(rows, tookMs);
    if (rowsPerSecond === null) return;
    const { epochs, maxSteps } = this.#settings;
    const steps = Math.min(epochs * this.#batches.perEpoch, maxSteps === 0 ? Infinity : maxSteps);
    const { memory } = this.#network;
    this.#input.onPulse?.({ step: this.#step, steps, rowsPerSecond, memory });
  }

  /** Refuses a batch whose loss has left all bounds, and remembers the first one's. */
  #refuseExplosion(batches: Batches, losses: Float64Array): void {
    for (const [i, loss] of losses.entries()) {
      const [from, to] = rowsOfBatch(batches, i);
      const mean = loss / (to - from);
      const first = this.#position.firstLoss ?? mean;
      if (this.#position.firstLoss === null && Number.isFinite(mean)) {
        this.#position = { ...this.#position, firstLoss: mean };
      }
      refuseDivergence({ epoch: this.#position.epoch, step: batches.step + i + 1, mean, first });
    }
  }

  /** Ends the epoch: its losses, and whether it is the best so far. That is work too. */
  async #measure(): Promise<EpochEvent> {
    const start = performance.now();
    const { epoch, batch, lossSum, best, curve } = this.#position;
    const seen = Math.min(this.#input.train.features.rows, batch * this.#settings.batchRows);
    const trainLoss = lossSum / seen;
    const found = await this.#network.validate();
    const validationLoss = found.loss;
    refuseNoNumber(epoch, validationLoss);
    const isBest = best === null || validationLoss < best.loss;
    if (isBest) this.#best = await this.#network.weights();
    const event = {
      ...{ epoch, epochs: this.#settings.epochs, trainLoss, validationLoss },
      validationScore: validationScore(this.#input.validation, found),
      learningRate: this.#rateAt(this.#step - 1),
    };
    this.#position = {
      ...this.#position,
      epoch: epoch + 1,
      batch: 0,
      lossSum: 0,
      workedMs: this.#position.workedMs + performance.now() - start,
      best: isBest ? { loss: validationLoss, epoch } : best,
      curve: [...curve, event],
    };
    return event;
  }

  /** Keeps where it stands, where that is worth it by now. */
  async #keep(after: CheckpointMoment): Promise<void> {
    const { checkpoints } = this.#input;
    if (checkpoints?.due(after) !== true) return;
    const best = this.#best.map((tensor) => ({ ...tensor, name: `best ${tensor.name}` }));
    const tensors = [...(await this.#network.state()), ...best];
    await checkpoints.keep({ position: { ...this.#position, cost: this.#meter.kept }, tensors });
  }

  #restore(): void {
    const last = this.#input.checkpoints?.last ?? null;
    if (last === null) return;
    this.#position = readPosition(last.position);
    if (this.#position.cost !== null) this.#meter.restore(this.#position.cost);
    this.#network.restore(last.tensors, this.#step);
    this.#best = last.tensors.flatMap((tensor) =>
      tensor.name.startsWith('best ') ? [{ ...tensor, name: tensor.name.slice(5) }] : [],
    );
  }
}

function timeIsUp(seconds: number, step: number): string {
  return `Training stopped after ${seconds} s, in step ${step}: max_seconds allows no more.`;
}
