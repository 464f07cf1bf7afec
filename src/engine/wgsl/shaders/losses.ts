// The losses of a quad's rows in WGSL: `tell_loss` sums them up, and `derive` gives the derivatives of the batch's mean loss
// by what the last layer gave. A batch's rows may end within the quad: `present` says which are there.

const outputs = /* wgsl */ `
fn outputs_at(quad: u32) -> u32 { return quad * QUAD + layers[LAYERS - 1].gives; }
fn derivatives_at(quad: u32) -> u32 { return quad * QUAD + layers[LAYERS - 1].derivatives; }

fn targets_of(quad: u32) -> vec4f {
  let rows = rows_of(quad);
  return vec4f(targets[rows.x], targets[rows.y], targets[rows.z], targets[rows.w]);
}

fn sum_present(quad: u32, each: vec4f) -> f32 {
  let found = select(vec4f(), each, present(quad));
  return ((found.x + found.y) + found.z) + found.w;
}
`;

/** Cross-entropy in nats of softmax over the outputs; targets are classes. */
export const crossEntropy = /* wgsl */ `${outputs}
struct Powers { top: vec4f, total: vec4f }

// The largest of each row's outputs, and the sum of e^(output − largest).
fn powers_of(sums: u32, classes: u32) -> Powers {
  var top = values[sums];
  for (var k = 1u; k < classes; k++) { top = max(top, values[sums + k]); }
  var total = vec4f();
  for (var k = 0u; k < classes; k++) { total += exp(values[sums + k] - top); }
  return Powers(top, total);
}

fn tell_loss(thread: u32, quad: u32) {
  if (thread != 0u) { return; }
  let sums = outputs_at(quad);
  let powers = powers_of(sums, layers[LAYERS - 1].outputs);
  let at = vec4u(targets_of(quad)) + vec4u(sums);
  let own = vec4f(values[at.x].x, values[at.y].y, values[at.z].z, values[at.w].w);
  losses[step.losses + quad] = sum_present(quad, log(powers.total) - (own - powers.top));
}

fn derive(thread: u32, quad: u32) {
  let classes = layers[LAYERS - 1].outputs;
  if (thread >= classes) { return; }
  let sums = outputs_at(quad);
  let powers = powers_of(sums, classes);
  let labels = vec4u(targets_of(quad));
  for (var k = thread; k < classes; k += THREADS) {
    let own = select(vec4f(), vec4f(1), labels == vec4u(k));
    let slopes = (exp(values[sums + k] - powers.top) / powers.total - own) / f32(step.rows);
    values[derivatives_at(quad) + k] = select(vec4f(), slopes, present(quad));
  }
}
`;

/** Squared distance of the only output. */
export const squaredError = /* wgsl */ `${outputs}
fn away(quad: u32) -> vec4f { return values[outputs_at(quad)] - targets_of(quad); }

fn tell_loss(thread: u32, quad: u32) {
  if (thread != 0u) { return; }
  losses[step.losses + quad] = sum_present(quad, away(quad) * away(quad));
}

fn derive(thread: u32, quad: u32) {
  if (thread != 0u) { return; }
  let slopes = 2 * away(quad) / f32(step.rows);
  values[derivatives_at(quad)] = select(vec4f(), slopes, present(quad));
}
`;
