/**
 * One step of Adam (Kingma and Ba, 2015) with decay 0.9 and 0.999 and ε = 1e-7, over a multiple of 4 float32:
 * parameter −= rate · (first ÷ firstTotal) ÷ (√(second ÷ secondTotal) + ε).
 *
 * @param first running mean of the gradients
 * @param second running mean of their squares
 * @param rate step size
 * @param penalty is times the parameter added to its gradient
 * @param firstTotal 1 − 0.9 to the power of the step's number
 * @param secondTotal 1 − 0.999 to the power of it
 */
export function adam(
  parameters: usize,
  gradients: usize,
  first: usize,
  second: usize,
  count: i32,
  rate: f32,
  penalty: f32,
  firstTotal: f32,
  secondTotal: f32,
): void {
  const bytes = (<usize>count) << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    const parameter = v128.load(parameters + at);
    const gradient = f32x4.add(
      v128.load(gradients + at),
      f32x4.mul(f32x4.splat(penalty), parameter),
    );
    const mean = f32x4.add(
      f32x4.mul(v128.load(first + at), f32x4.splat(0.9)),
      f32x4.mul(gradient, f32x4.splat(0.1)),
    );
    const square = f32x4.add(
      f32x4.mul(v128.load(second + at), f32x4.splat(0.999)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(0.001)),
    );
    v128.store(first + at, mean);
    v128.store(second + at, square);
    const size = f32x4.sqrt(f32x4.div(square, f32x4.splat(secondTotal)));
    const step = f32x4.div(
      f32x4.div(mean, f32x4.splat(firstTotal)),
      f32x4.add(size, f32x4.splat(1e-7)),
    );
    v128.store(parameters + at, f32x4.sub(parameter, f32x4.mul(f32x4.splat(rate), step)));
  }
}
