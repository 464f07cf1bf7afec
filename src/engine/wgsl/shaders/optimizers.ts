import type { OptimizerName } from '#core/networks/optimizers.ts';
import type { TrainingSettings } from '#core/networks/training.ts';

/** An optimizer in WGSL, as the kernels have it: `optimize` gives the changed weights of a place. */
export interface OptimizerShader {
  /** How many numbers it remembers for each weight; they stand one behind the other, each as the weights do. */
  readonly remembers: number;
  readonly code: string;
}

export function optimizerShader(settings: TrainingSettings): OptimizerShader {
  return optimizers[settings.optimizer](settings);
}

const adamStep = /* wgsl */ `
fn adam(place: u32, before: vec4f, gradient: vec4f) -> vec4f {
  let mean = 0.9 * moments[place] + 0.1 * gradient;
  let square = 0.999 * moments[TRAINED + place] + 0.001 * gradient * gradient;
  moments[place] = mean;
  moments[TRAINED + place] = square;
  let size = sqrt(square / step.second_total) + 1e-7;
  return before - step.rate * (mean / step.first_total) / size;
}
`;

const optimizers: Readonly<Record<OptimizerName, (settings: TrainingSettings) => OptimizerShader>> =
  {
    /** Kingma and Ba (2015), with decay 0.9 and 0.999 and ε = 1e-7. */
    adam: () => ({
      remembers: 2,
      code: /* wgsl */ `${adamStep}
fn optimize(place: u32, before: vec4f, gradient: vec4f, penalty: f32) -> vec4f {
  return adam(place, before, gradient + penalty * before);
}
`,
    }),

    /** With decoupled weight decay (Loshchilov and Hutter, 2019). */
    adamw: () => ({
      remembers: 2,
      code: /* wgsl */ `${adamStep}
fn optimize(place: u32, before: vec4f, gradient: vec4f, penalty: f32) -> vec4f {
  return adam(place, (1 - step.rate * penalty) * before, gradient);
}
`,
    }),

    /** Momentum as PyTorch's \`SGD\` has it, also Nesterov's. */
    sgd: ({ momentum, nesterov }) => ({
      remembers: 1,
      code: /* wgsl */ `
const MOMENTUM = f32(${momentum});

fn optimize(place: u32, before: vec4f, gradient: vec4f, penalty: f32) -> vec4f {
  let slope = gradient + penalty * before;
  let velocity = MOMENTUM * moments[place] + slope;
  moments[place] = velocity;
  return before - step.rate * ${nesterov ? '(slope + MOMENTUM * velocity)' : 'velocity'};
}
`,
    }),
  };
