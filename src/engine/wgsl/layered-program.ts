import { sizeOf } from '#core/networks/layer.ts';
import { placeLayers } from '#core/networks/place-layers.ts';
import type { NetworkStart } from '#engine/networks/network.ts';
import type { Gpu } from './gpu.ts';
import { planLayers, type LayeredPlan } from './layered-plan.ts';
import type { Work } from './layers/gpu-layer.ts';
import { overQuads, THREADS } from './layers/signals.ts';
import { compilePasses, type Pass, type PassBuffers } from './pass.ts';
import type { NetworkBuffers, Passes, Program } from './program.ts';
import { dataPass } from './shaders/data-pass.ts';
import { layerBindings } from './shaders/layer-bindings.ts';
import { packSpans, updateGroups, updatePass, updateWorkgroups } from './shaders/update-pass.ts';
import { quadsOf } from './steps.ts';
import { packTensors } from './stored-tensors.ts';
import type { Dispatch } from './submits.ts';

/**
 * A network whose layers are dispatched one after the other, forward and back, over all rows of a batch; then one dispatch
 * changes all weights.
 */
export function layeredProgram(start: NetworkStart): Program {
  const { plan: network, settings, train, seed } = start;
  const batch = Math.min(settings.batchRows, train.features.rows);
  const plan = planLayers(network, quadsOf(batch), seed);
  const { trained, kept, spans, trainedLength, keptLength, gradientsLength, quadLength } =
    plan.rooms;
  return {
    ...{ network, trained, kept, trainedLength, quadLength },
    names: placeLayers(network).flatMap(({ tensors }) => tensors.map(({ name }) => name)),
    lengths: {
      weights: trainedLength,
      kept: keptLength,
      gradients: gradientsLength,
      squares: settings.clipNorm === 0 ? 0 : updateGroups(trainedLength),
    },
    table: packSpans(spans),
    pack: (weights) => packTensors(trained, trainedLength, weights),
    compile: (gpu, buffers) => compileLayers(gpu, plan, buffers, start),
  };
}

async function compileLayers(
  gpu: Gpu,
  plan: LayeredPlan,
  buffers: NetworkBuffers,
  start: NetworkStart,
): Promise<Passes> {
  const { features, targets, counts, order, weights, kept, values, losses } = buffers;
  const { moments, gradients, squares, layers, steps } = buffers;
  const { network, settings } = { network: start.plan, settings: start.settings };
  const { trainedLength, spans, quadLength } = plan.rooms;
  const constants = { THREADS, QUAD: quadLength };
  const inputs = sizeOf(network.input);
  const dataCode = dataPass(start, {
    ...constants,
    INPUTS: inputs,
    OUTPUTS: network.outputs,
    OUTPUTS_AT: plan.output.at,
    SLOPES_AT: plan.output.derivatives ?? 0,
  });
  const changes = settings.clipNorm === 0 ? ['update'] : ['gather', 'apply'];
  const [data, ofLayers, changing] = await Promise.all([
    compilePasses(gpu, dataCode, ['take_rows', 'measure', 'train'], {
      ...{ steps, layers },
      read: [features, targets, counts, order],
      written: [values, losses],
    }),
    compileWorks(gpu, layerBindings(constants), plan, {
      ...{ steps, layers },
      read: [weights],
      written: [values, gradients, kept],
    }),
    compilePasses(gpu, updatePass(trainedLength, spans, settings), changes, {
      ...{ steps, layers },
      read: [],
      written: [weights, moments, gradients, squares],
    }),
  ]);
  const byQuads = overQuads(inputs);
  const take: Dispatch = {
    pass: data.take_rows,
    workgroups: ({ rows }) => byQuads(quadsOf(rows)),
  };
  const perQuad: Dispatch['workgroups'] = ({ rows }) => [1, quadsOf(rows)];
  const all = updateWorkgroups(trainedLength);
  return {
    training: [
      take,
      ...ofLayers(({ forward }) => forward),
      { pass: data.train, workgroups: perQuad },
      ...ofLayers(({ back }) => back).reverse(),
      ...Object.values(changing).map((pass) => ({ pass, workgroups: () => all })),
    ],
    measuring: [
      take,
      ...ofLayers(({ answer }) => answer),
      { pass: data.measure, workgroups: perQuad },
    ],
  };
}

/** Compiles what the layers dispatch, and gives a function that says in which order. */
async function compileWorks(
  gpu: Gpu,
  bindings: string,
  { layers }: LayeredPlan,
  buffers: PassBuffers,
): Promise<(worksOf: (layer: LayeredPlan['layers'][number]) => readonly Work[]) => Dispatch[]> {
  const entries = new Map<string, Set<string>>();
  for (const { forward, answer, back } of layers) {
    for (const { code, entry } of [...forward, ...answer, ...back]) {
      entries.set(code, (entries.get(code) ?? new Set()).add(entry));
    }
  }
  const compiled = new Map(
    await Promise.all(
      [...entries].map(async ([code, names]): Promise<[string, Record<string, Pass>]> => [
        code,
        await compilePasses(gpu, bindings + code, [...names], buffers),
      ]),
    ),
  );
  const dispatchOf = ({ code, entry, workgroups }: Work): Dispatch => {
    const pass = compiled.get(code)?.[entry];
    if (pass === undefined) throw new RangeError(`${entry} is not compiled`);
    return { pass, workgroups: ({ rows }) => workgroups(quadsOf(rows)) };
  };
  return (worksOf) => layers.flatMap(worksOf).map(dispatchOf);
}
