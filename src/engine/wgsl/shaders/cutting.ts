/**
 * Cuts gradients that are longer than LONGEST, all together as one vector, to it (engine/networks/clip-factor.ts): first
 * `square_up` keeps the sum of squares of each of the GROUPS workgroups, then `cut_factor` says what gradients are times.
 */
export const cutting = /* wgsl */ `
var<workgroup> parts: array<f32, THREADS>;

// The sum of what each thread of the workgroup has, in their order.
fn sum_parts(thread: u32, part: f32) -> f32 {
  parts[thread] = part;
  workgroupBarrier();
  var sum = 0f;
  for (var i = 0u; i < THREADS; i++) { sum += parts[i]; }
  return sum;
}

fn square_up(thread: u32, group: u32, own: f32) {
  let sum = sum_parts(thread, own);
  // Groups in two directions may be more than there are sums of.
  if (thread == 0u && group < GROUPS) { squares[group] = sum; }
}

fn cut_factor(thread: u32) -> f32 {
  var own = 0f;
  for (var i = thread; i < GROUPS; i += THREADS) { own += squares[i]; }
  return min(1, LONGEST / (sqrt(sum_parts(thread, own)) + 1e-6));
}
`;
