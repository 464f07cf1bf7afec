import { constantsOf } from './constants.ts';

/** A batch normalization: its shape, and where it works. */
export interface BatchNormPlace {
  /** Places of a row that have all channels. */
  readonly PIXELS: number;
  /** Channels in fours. */
  readonly COLUMNS: number;
  /** Among the weights. */
  readonly SCALE: number;
  readonly OFFSET: number;
  /** Of the scale, and behind them of the offset. */
  readonly GRADIENTS: number;
  /** Among what is kept; the last two are the batch's. */
  readonly RUNNING_MEAN: number;
  readonly RUNNING_VARIANCE: number;
  readonly MEANS: number;
  readonly INVERSES: number;
  /** In a quad's values; derivatives change where they are. */
  readonly GIVEN: number;
  readonly GIVES: number;
  readonly SLOPES: number;
  /** How much of the running means a batch replaces, and what is added to a variance. */
  readonly RUNNING_SHARE: number;
  readonly VARIANCE_FLOOR: number;
}

/**
 * Batch normalization as core/networks/layers/batch-norm.ts has it: a workgroup has four channels of the whole batch, so that
 * it knows their moments before it changes them. A batch of one number for each channel goes by the running means.
 *
 * Entry points: `normalize` and `back`, a workgroup for each four channels; `answer` by the running means, a thread for each four
 * numbers of a quad.
 */
export function batchNormPass(place: BatchNormPlace): string {
  return `${constantsOf({ ...place })}${moments}${entryPoints}`;
}

const moments = /* wgsl */ `
var<workgroup> parts: array<vec4f, THREADS>;

// The sum of what each thread of the workgroup has for each channel, in their order.
fn total(thread: u32, part: vec4f) -> vec4f {
  workgroupBarrier();
  parts[thread] = part;
  workgroupBarrier();
  var sum = vec4f();
  for (var i = 0u; i < THREADS; i++) { sum += parts[i]; }
  return sum;
}

// How many places of the batch there are, with those of missing rows; and how many numbers a channel has.
fn places_of_batch() -> u32 { return (step.rows + 3) / 4 * PIXELS; }
fn count_of_batch() -> f32 { return f32(step.rows * PIXELS); }

// Where four channels of a place stand.
fn at_place(place: u32, column: u32) -> u32 {
  return place / PIXELS * QUAD + 4 * (place % PIXELS * COLUMNS + column);
}

// Four channels of four rows, a column each.
fn four(at: u32) -> mat4x4f {
  return mat4x4f(values[at], values[at + 1], values[at + 2], values[at + 3]);
}

fn keep_four(at: u32, numbers: mat4x4f) {
  for (var i = 0u; i < 4; i++) { values[at + i] = numbers[i]; }
}

// One for each row that is there.
fn weight_of(place: u32) -> vec4f { return select(vec4f(), vec4f(1), present(place / PIXELS)); }

// Numbers less their channel's mean, times its factor.
fn centred(at: u32, means: vec4f, factors: vec4f) -> mat4x4f {
  let given = four(at);
  return mat4x4f(
    (given[0] - means.x) * factors.x,
    (given[1] - means.y) * factors.y,
    (given[2] - means.z) * factors.z,
    (given[3] - means.w) * factors.w,
  );
}

fn scaled(numbers: mat4x4f, factors: vec4f, offsets: vec4f) -> mat4x4f {
  return mat4x4f(
    numbers[0] * factors.x + offsets.x,
    numbers[1] * factors.y + offsets.y,
    numbers[2] * factors.z + offsets.z,
    numbers[3] * factors.w + offsets.w,
  );
}

fn mean_of(thread: u32, column: u32) -> vec4f {
  var sum = vec4f();
  for (var place = thread; place < places_of_batch(); place += THREADS) {
    sum += weight_of(place) * four(at_place(place, column) + GIVEN);
  }
  return total(thread, sum) / count_of_batch();
}

fn variance_of(thread: u32, column: u32, means: vec4f) -> vec4f {
  var sum = vec4f();
  for (var place = thread; place < places_of_batch(); place += THREADS) {
    let away = centred(at_place(place, column) + GIVEN, means, vec4f(1));
    sum += weight_of(place) * mat4x4f(
      away[0] * away[0], away[1] * away[1], away[2] * away[2], away[3] * away[3],
    );
  }
  return total(thread, sum) / count_of_batch();
}
`;

const entryPoints = /* wgsl */ `
@compute @workgroup_size(THREADS)
fn normalize(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let column = group.x;
  var means = mean_of(thread, column);
  var variances = variance_of(thread, column, means);
  let count = count_of_batch();
  let running_means = kept_numbers[RUNNING_MEAN + column];
  let running_variances = kept_numbers[RUNNING_VARIANCE + column];
  let is_one = count == 1;
  means = select(means, running_means, is_one);
  variances = select(variances, running_variances, is_one);
  let inverses = 1 / sqrt(variances + VARIANCE_FLOOR);
  let scale = weights[SCALE + column];
  let offset = weights[OFFSET + column];
  for (var place = thread; place < places_of_batch(); place += THREADS) {
    let at = at_place(place, column);
    keep_four(at + GIVES, scaled(centred(at + GIVEN, means, inverses), scale, offset));
  }
  workgroupBarrier();
  if (thread != 0) { return; }
  kept_numbers[MEANS + column] = means;
  kept_numbers[INVERSES + column] = inverses;
  if (is_one) { return; }
  // The running variance is that of a sample.
  let sample = variances * (count / (count - 1));
  kept_numbers[RUNNING_MEAN + column] = (1 - RUNNING_SHARE) * running_means + RUNNING_SHARE * means;
  kept_numbers[RUNNING_VARIANCE + column] =
    (1 - RUNNING_SHARE) * running_variances + RUNNING_SHARE * sample;
}

@compute @workgroup_size(THREADS)
fn answer(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= PIXELS * COLUMNS) { return; }
  let column = id.x % COLUMNS;
  let at = id.y * QUAD + 4 * id.x;
  let inverses = 1 / sqrt(kept_numbers[RUNNING_VARIANCE + column] + VARIANCE_FLOOR);
  let normalized = centred(at + GIVEN, kept_numbers[RUNNING_MEAN + column], inverses);
  keep_four(at + GIVES, scaled(normalized, weights[SCALE + column], weights[OFFSET + column]));
}

@compute @workgroup_size(THREADS)
fn back(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let column = group.x;
  let means = kept_numbers[MEANS + column];
  let inverses = kept_numbers[INVERSES + column];
  var slope_sum = vec4f();
  var product_sum = vec4f();
  // Missing rows have derivatives of 0.
  for (var place = thread; place < places_of_batch(); place += THREADS) {
    let at = at_place(place, column);
    let slopes = four(at + SLOPES);
    let normalized = centred(at + GIVEN, means, inverses);
    slope_sum += vec4f(1) * slopes;
    product_sum += vec4f(
      dot(slopes[0], normalized[0]),
      dot(slopes[1], normalized[1]),
      dot(slopes[2], normalized[2]),
      dot(slopes[3], normalized[3]),
    );
  }
  slope_sum = total(thread, slope_sum);
  product_sum = total(thread, product_sum);
  if (thread == 0) {
    gradients[GRADIENTS + column] = product_sum;
    gradients[GRADIENTS + COLUMNS + column] = slope_sum;
  }
  // One number is normalized by what is not its own, so that nothing comes back through that.
  let count = count_of_batch();
  let share = select(1 / count, 0f, count == 1);
  let factors = weights[SCALE + column] * inverses;
  for (var place = thread; place < places_of_batch(); place += THREADS) {
    let at = at_place(place, column);
    let slopes = four(at + SLOPES);
    let through = scaled(
      centred(at + GIVEN, means, inverses), share * product_sum, share * slope_sum,
    );
    let there = weight_of(place);
    for (var i = 0u; i < 4; i++) {
      values[at + SLOPES + i] = there * factors[i] * (slopes[i] - through[i]);
    }
  }
}
`;
