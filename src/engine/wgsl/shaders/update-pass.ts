import type { TrainingSettings } from '#core/networks/training.ts';
import { stepStruct } from '../steps.ts';
import { constantsOf } from './constants.ts';
import { cutting } from './cutting.ts';
import { optimizerShader } from './optimizers.ts';

/** A trained tensor, or several, one behind the other, that the penalty counts alike. Places and lengths count vectors. */
export interface Span {
  /** Where it stands among the weights. */
  readonly at: number;
  readonly length: number;
  /** Where the first part of its derivatives stands among the gradients. */
  readonly gradients: number;
  /** From one part to the next, and how many there are. */
  readonly partStep: number;
  readonly parts: number;
  readonly penalized: boolean;
}

const THREADS = 64;
/** The most workgroups in a row that every device takes. */
const MOST_GROUPS = 65_535;

/** Numbers of a span in the table. */
const LENGTH = 8;

/** The spans as the shader reads them. */
export function packSpans(spans: readonly Span[]): Uint32Array<ArrayBuffer> {
  const packed = new Uint32Array(LENGTH * spans.length);
  for (const [i, { at, length, gradients, partStep, parts, penalized }] of spans.entries()) {
    packed.set([at, length, gradients, partStep, parts, Number(penalized)], LENGTH * i);
  }
  return packed;
}

/** Workgroups of the pass: it has a thread for each vector of trained weights. */
export function updateGroups(trainedLength: number): number {
  return Math.ceil(trainedLength / THREADS);
}

/** The same as a dispatch takes them. */
export function updateWorkgroups(trainedLength: number): readonly [number, number] {
  const groups = updateGroups(trainedLength);
  return [Math.min(groups, MOST_GROUPS), Math.ceil(groups / MOST_GROUPS)];
}

/**
 * A thread adds up the parts of four weights' derivatives in their order, and changes the weights.
 *
 * Entry points: `update`; or, where gradients are cut to a length, `gather` and then `apply`, since that is of all together.
 */
export function updatePass(
  trainedLength: number,
  spans: readonly Span[],
  settings: TrainingSettings,
): string {
  const constants = {
    THREADS,
    MOST_GROUPS,
    GROUPS: updateGroups(trainedLength),
    TRAINED: trainedLength,
    SPANS: spans.length,
  };
  return /* wgsl */ `${stepStruct}
struct Span {
  at: u32,
  length: u32,
  gradients: u32,
  part_step: u32,
  parts: u32,
  penalized: u32,
  fill: vec2u,
}
@group(0) @binding(0) var<uniform> step: Step;
@group(0) @binding(1) var<uniform> spans: array<Span, SPANS>;
@group(0) @binding(2) var<storage, read_write> weights: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> moments: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> gradients: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> squares: array<f32>;
${constantsOf(constants)}
const PENALTY = f32(${settings.penalty});
const LONGEST = f32(${settings.clipNorm});
${optimizerShader(settings).code}${changing}${settings.clipNorm === 0 ? updating : cutting + clipping}`;
}

const changing = /* wgsl */ `
fn number_of(group: vec3u) -> u32 { return group.y * MOST_GROUPS + group.x; }

fn span_of(place: u32) -> Span {
  var i = SPANS - 1;
  while (i > 0 && place < spans[i].at) { i--; }
  return spans[i];
}

fn gradient_of(place: u32) -> vec4f {
  let span = span_of(place);
  var sum = vec4f();
  for (var part = 0u; part < span.parts; part++) {
    sum += gradients[span.gradients + part * span.part_step + place - span.at];
  }
  return sum;
}

fn change(place: u32, gradient: vec4f) {
  let penalty = select(0f, PENALTY, span_of(place).penalized == 1u);
  weights[place] = optimize(place, weights[place], gradient, penalty);
}
`;

const updating = /* wgsl */ `
@compute @workgroup_size(THREADS)
fn update(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let place = number_of(group) * THREADS + thread;
  if (place < TRAINED) { change(place, gradient_of(place)); }
}
`;

/** The whole sum waits for \`apply\` in the place of its first part. */
const clipping = /* wgsl */ `
fn sum_place(place: u32) -> u32 {
  let span = span_of(place);
  return span.gradients + place - span.at;
}

@compute @workgroup_size(THREADS)
fn gather(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let place = number_of(group) * THREADS + thread;
  var gradient = vec4f();
  if (place < TRAINED) {
    gradient = gradient_of(place);
    gradients[sum_place(place)] = gradient;
  }
  square_up(thread, number_of(group), dot(gradient, gradient));
}

@compute @workgroup_size(THREADS)
fn apply(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let place = number_of(group) * THREADS + thread;
  let factor = cut_factor(thread);
  if (place < TRAINED) { change(place, factor * gradients[sum_place(place)]); }
}
`;
