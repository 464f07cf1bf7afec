import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { TrainingSettings } from '#core/networks/training.ts';
import { quadsOf } from '../steps.ts';
import { sharesClasses } from '../target-rows.ts';

/**
 * The losses of a quad's rows in WGSL: `tell_loss` sums them up, and `derive` gives the derivatives of the batch's mean loss by
 * what the last layer gave. A batch's rows may end within the quad: `present` says which are there. In training each row
 * counts by its weight. OUTPUTS is how many numbers the last layer gives, OUTPUTS_AT where they stand among a quad's values,
 * SLOPES_AT where the derivatives go.
 */
export function lossFunctions(
  plan: NetworkPlan,
  { labelSmoothing }: TrainingSettings,
  validationRows: number,
): string {
  const { task, reconstructs } = plan;
  if (task === 'classification') {
    const aims = sharesClasses(plan) ? classShares : classLabels;
    return shared + aims + crossEntropy(labelSmoothing, quadsOf(validationRows));
  }
  return (
    shared + squaredError(reconstructs === true ? 'values[quad * QUAD + k]' : 'targets_of(quad)')
  );
}

const shared = /* wgsl */ `
fn outputs_at(quad: u32) -> u32 { return quad * QUAD + OUTPUTS_AT; }
fn derivatives_at(quad: u32) -> u32 { return quad * QUAD + SLOPES_AT; }

fn targets_of(quad: u32) -> vec4f {
  let rows = rows_of(quad);
  return vec4f(targets[rows.x], targets[rows.y], targets[rows.z], targets[rows.w]);
}

// What each of the quad's rows counts: nothing where it is missing.
fn counts_of(quad: u32, trains: bool) -> vec4f {
  let rows = rows_of(quad);
  let each = vec4f(counts[rows.x], counts[rows.y], counts[rows.z], counts[rows.w]);
  return select(vec4f(), select(vec4f(1), each, trains), present(quad));
}

fn tell(quad: u32, trains: bool, each: vec4f) {
  let found = select(vec4f(), each * counts_of(quad, trains), present(quad));
  losses[step.losses + quad] = ((found.x + found.y) + found.z) + found.w;
}

fn keep_slope(quad: u32, k: u32, slope: vec4f) {
  let scaled = slope * counts_of(quad, true) / f32(step.rows);
  values[derivatives_at(quad) + k] = select(vec4f(), scaled, present(quad));
}
`;

/** What the loss asks of targets that are classes. */
const classLabels = /* wgsl */ `
fn labels_of(quad: u32) -> vec4u { return vec4u(targets_of(quad)); }

// The share of a class in each row's target.
fn share_of(quad: u32, k: u32) -> vec4f {
  return select(vec4f(), vec4f(1), labels_of(quad) == vec4u(k));
}

// What the targets' classes have for outputs, below \`top\`.
fn below_top(sums: u32, quad: u32, top: vec4f) -> vec4f {
  let at = labels_of(quad) + vec4u(sums);
  return vec4f(values[at.x].x, values[at.y].y, values[at.z].z, values[at.w].w) - top;
}
`;

/** The same of targets that are a share of each class, [rows, OUTPUTS]. */
const classShares = /* wgsl */ `
fn share_of(quad: u32, k: u32) -> vec4f {
  let at = rows_of(quad) * OUTPUTS + vec4u(k);
  return vec4f(targets[at.x], targets[at.y], targets[at.z], targets[at.w]);
}

// The class of the largest share, the first of several.
fn labels_of(quad: u32) -> vec4u {
  var top = share_of(quad, 0u);
  var best = vec4u();
  for (var k = 1u; k < OUTPUTS; k++) {
    let share = share_of(quad, k);
    best = select(best, vec4u(k), share > top);
    top = max(top, share);
  }
  return best;
}

fn below_top(sums: u32, quad: u32, top: vec4f) -> vec4f {
  var sum = vec4f();
  for (var k = 0u; k < OUTPUTS; k++) { sum += share_of(quad, k) * (values[sums + k] - top); }
  return sum;
}
`;

/**
 * Cross-entropy in nats of softmax over the outputs; targets are smoothed for the derivatives alone.
 * @param quads of validation rows, whose hits stand before their losses
 */
const crossEntropy = (smoothing: number, quads: number): string => /* wgsl */ `
const SMOOTHING = f32(${smoothing});
const VALIDATION_QUADS = ${quads}u;

struct Powers { top: vec4f, total: vec4f }

// The largest of each row's outputs, and the sum of e^(output − largest).
fn powers_of(sums: u32) -> Powers {
  var top = values[sums];
  for (var k = 1u; k < OUTPUTS; k++) { top = max(top, values[sums + k]); }
  var total = vec4f();
  for (var k = 0u; k < OUTPUTS; k++) { total += exp(values[sums + k] - top); }
  return Powers(top, total);
}

fn tell_loss(thread: u32, quad: u32, trains: bool) {
  if (thread != 0u) { return; }
  let sums = outputs_at(quad);
  let powers = powers_of(sums);
  tell(quad, trains, log(powers.total) - below_top(sums, quad, powers.top));
  if (!trains) { losses[step.losses + quad - VALIDATION_QUADS] = hits_of(sums, quad); }
}

// Of how many of the quad's rows the class has the largest output, the first of several.
fn hits_of(sums: u32, quad: u32) -> f32 {
  var top = values[sums];
  var best = vec4u();
  for (var k = 1u; k < OUTPUTS; k++) {
    let more = values[sums + k] > top;
    top = select(top, values[sums + k], more);
    best = select(best, vec4u(k), more);
  }
  let hit = select(vec4f(), vec4f(1), best == labels_of(quad));
  return dot(select(vec4f(), hit, present(quad)), vec4f(1));
}

fn derive(thread: u32, quad: u32) {
  if (thread >= OUTPUTS) { return; }
  let sums = outputs_at(quad);
  let powers = powers_of(sums);
  let least = vec4f(SMOOTHING / f32(OUTPUTS));
  for (var k = thread; k < OUTPUTS; k += THREADS) {
    let aim = least + (1 - SMOOTHING) * share_of(quad, k);
    keep_slope(quad, k, exp(values[sums + k] - powers.top) / powers.total - aim);
  }
}
`;

/** Mean squared distance of the outputs from \`wanted\`, the number \`k\` of each row. */
const squaredError = (wanted: string): string => /* wgsl */ `
fn away(quad: u32, k: u32) -> vec4f { return values[outputs_at(quad) + k] - ${wanted}; }

fn tell_loss(thread: u32, quad: u32, trains: bool) {
  if (thread != 0u) { return; }
  var sum = vec4f();
  for (var k = 0u; k < OUTPUTS; k++) { sum += away(quad, k) * away(quad, k); }
  tell(quad, trains, sum / f32(OUTPUTS));
}

fn derive(thread: u32, quad: u32) {
  for (var k = thread; k < OUTPUTS; k += THREADS) {
    keep_slope(quad, k, 2 * away(quad, k) / f32(OUTPUTS));
  }
}
`;
