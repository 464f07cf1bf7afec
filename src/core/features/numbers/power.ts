import { booleanOf } from '#core/spec/parameters.ts';
import { mapNumbers, numericColumns, presentValues } from '../column.ts';
import { rowConstant } from '../row-constant.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { emitExpm1, emitLn1p } from './precise-logs.ts';
import { emitScaled, standardScaling, type Scaling } from './scaling.ts';
import { exponentsOf, likeliestLambda, yeoJohnson, type Exponents } from './yeo-johnson.ts';

interface PowerState extends StepState {
  readonly exponents: readonly Exponents[];
  readonly scaling: readonly Scaling[];
}

export const power: FeatureStep<PowerState> = {
  name: 'power',
  title: 'Power transform',
  summary:
    'Makes skewed numbers more like a normal distribution: Yeo and Johnson’s power, as likely as the training rows make it.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [
    {
      name: 'standardize',
      label: 'Standardize',
      kind: 'boolean',
      default: true,
      help: 'Scales to mean 0 and deviation 1 afterwards.',
    },
  ],

  fit(columns, parameters) {
    const standardize = booleanOf(parameters, 'standardize');
    const fitted = numericColumns(columns).map((column) => {
      const present = presentValues(column);
      const exponents = exponentsOf(isConstant(present) ? 1 : likeliestLambda(present));
      const powers = present.map((value) => yeoJohnson(value, exponents));
      const isScaled = standardize && powers.length > 0;
      const scaling = isScaled ? standardScaling(powers) : { centre: 0, scale: 1 };
      return { exponents, scaling };
    });
    return {
      exponents: fitted.map((one) => one.exponents),
      scaling: fitted.map((one) => one.scaling),
    };
  },

  transform: (columns, state) =>
    mapNumbers(columns, (value, j) => {
      const { exponents, scaling } = of(state, j);
      return (yeoJohnson(value, exponents) - scaling.centre) / scaling.scale;
    }),

  emit(graph, input, { exponents, scaling }) {
    const zero = graph.constant(Float64Array.of(0), []);
    const isBelow = graph.node('Less', [input, zero]);
    const exponent = graph.node('Where', [
      isBelow,
      rowConstant(
        graph,
        exponents.map(({ negative }) => negative),
      ),
      rowConstant(
        graph,
        exponents.map(({ positive }) => positive),
      ),
    ]);
    const logs = emitLn1p(graph, graph.node('Abs', [input]));
    const powers = emitExpm1(graph, graph.node('Mul', [exponent, logs]));
    const size = graph.node('Div', [powers, exponent]);
    const signed = graph.node('Where', [isBelow, graph.node('Neg', [size]), size]);
    return emitScaled(graph, signed, scaling);
  },
};

function of(
  { exponents, scaling }: PowerState,
  column: number,
): {
  readonly exponents: Exponents;
  readonly scaling: Scaling;
} {
  return {
    exponents: exponents[column] ?? exponentsOf(1),
    scaling: scaling[column] ?? { centre: 0, scale: 1 },
  };
}

/** As scikit-learn has it: such a column stays what it is but for its mean. */
function isConstant(values: Float64Array): boolean {
  return values.length === 0 || standardScaling(values).isConstant;
}
