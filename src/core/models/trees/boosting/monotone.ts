import { inputError } from '#core/errors.ts';
import { choicesOf, type ParameterValue, type ParameterValues } from '#core/spec/parameters.ts';
import type { TrainingData } from '#core/models/estimator.ts';

/** How many names an error's hint lists. */
const SHOWN = 10;

/**
 * Per feature, where answers may only go as it rises: 1 up, −1 down, 0 either way; undefined where nothing is asked for.
 *
 * @param path where the parameters stand in the spec
 * @throws TerrariumError for names that are no features or are asked for both ways, features of categories, more than two
 *   classes, and losses whose leaves are not bound to what the trees were grown by
 */
export function directionsOf(
  { features, outputs }: Pick<TrainingData, 'features' | 'outputs'>,
  parameters: ParameterValues,
  path: string,
): Int8Array | undefined {
  const directions = new Int8Array(features.width);
  const wanted = [
    ...choicesOf(parameters, 'increasing').map((name) => ({ name, list: 'increasing', way: 1 })),
    ...choicesOf(parameters, 'decreasing').map((name) => ({ name, list: 'decreasing', way: -1 })),
  ];
  for (const { name, list, way } of wanted) {
    const place = `${path}.${list}`;
    const j = features.names.indexOf(name);
    if (j < 0) throw unknownFeature(name, features.names, place);
    if (directions[j] !== 0) {
      throw refused(
        place,
        `"${name}" cannot rise and fall at once`,
        'Keep it in one of the lists.',
      );
    }
    if ((features.categories?.[j] ?? 0) > 0) {
      throw refused(
        place,
        `"${name}" holds categories, which have no order`,
        'Give the column the type ordinal or numeric, or remove the name.',
      );
    }
    directions[j] = way;
  }
  const [first] = wanted;
  if (first === undefined) return undefined;
  refuseUnbound(`${path}.${first.list}`, outputs, parameters['loss']);
  return directions;
}

/** @param loss of values; rankings have no choice of one */
function refuseUnbound(place: string, outputs: number, loss: ParameterValue | undefined): void {
  if (outputs > 2) {
    throw refused(
      place,
      `of ${outputs} classes no probability can be bound to a feature`,
      'Remove the names, or learn two classes.',
    );
  }
  if (outputs === 1 && (loss === 'absolute_error' || loss === 'quantile')) {
    throw refused(
      place,
      `with the loss ${loss} answers cannot be bound to a feature`,
      'Choose squared_error or poisson, or remove the names.',
    );
  }
}

function unknownFeature(name: string, names: readonly string[], place: string): Error {
  const shown = names.slice(0, SHOWN).join(', ');
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return refused(place, `there is no feature "${name}"`, `Features: ${shown}${more}.`);
}

function refused(path: string, what: string, hint: string): Error {
  return inputError('cannot_be_monotone', `${path}: ${what}.`, hint, { path });
}
