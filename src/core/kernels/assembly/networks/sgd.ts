/**
 * One step of gradient descent with momentum, as PyTorch's `SGD` does it, over a multiple of 4 float32:
 * velocity = momentum · velocity + gradient; parameter −= rate · velocity.
 *
 * @param rate step size
 * @param penalty is times the parameter added to its gradient
 * @param looksAhead not 0 for Nesterov's way: parameter −= rate · (gradient + momentum · velocity)
 */
export function sgd(
  parameters: usize,
  gradients: usize,
  velocities: usize,
  count: i32,
  rate: f32,
  penalty: f32,
  momentum: f32,
  looksAhead: i32,
): void {
  const bytes = (<usize>count) << 2;
  const kept = f32x4.splat(momentum);
  for (let at: usize = 0; at < bytes; at += 16) {
    const parameter = v128.load(parameters + at);
    const gradient = f32x4.add(
      v128.load(gradients + at),
      f32x4.mul(f32x4.splat(penalty), parameter),
    );
    const velocity = f32x4.add(f32x4.mul(kept, v128.load(velocities + at)), gradient);
    v128.store(velocities + at, velocity);
    const step = looksAhead ? f32x4.add(gradient, f32x4.mul(kept, velocity)) : velocity;
    v128.store(parameters + at, f32x4.sub(parameter, f32x4.mul(f32x4.splat(rate), step)));
  }
}
