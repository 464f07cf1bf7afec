import type { ActivationLayer } from '#core/networks/layer.ts';
import { noNumbers } from './no-numbers.ts';

/** The number by which the shaders know an activation. */
export const activationNumber: Readonly<Record<ActivationLayer['function'] | 'none', number>> = {
  none: 0,
  relu: 1,
  tanh: 2,
};

/**
 * A layer's activation of its sums `x`, and its derivative by what that gave, `y`. What is no number stays none, so that a loss
 * tells of it, and e^−2|x| cannot overflow.
 */
export const activations = /* wgsl */ `${noNumbers}
fn activate(activation: u32, x: vec4f) -> vec4f {
  switch activation {
    case 1: { return select(x, vec4f(), (x < vec4f()) & !is_none(x)); }
    case 2: {
      let power = exp(-2 * abs(x));
      return sign(x) * (1 - power) / (1 + power);
    }
    default: { return x; }
  }
}

fn slope(activation: u32, y: vec4f) -> vec4f {
  switch activation {
    case 1: { return select(vec4f(), vec4f(1), y > vec4f()); }
    case 2: { return 1 - y * y; }
    default: { return vec4f(1); }
  }
}
`;
