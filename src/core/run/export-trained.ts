import type { Estimator, TrainedModel } from '#core/models/estimator.ts';
import { treeLegend } from '#core/models/trees/shown/tree-legend.ts';
import { exportModel } from '#core/onnx/export-model.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import type { FittedParts } from './fit-parts.ts';

/** A trained model behind its fitted features, as the bytes of one ONNX file. */
export function exportTrained(
  { contract, pipeline, parts }: FittedParts,
  estimator: Estimator,
  parameters: ParameterValues,
  { weights }: TrainedModel,
): Uint8Array {
  const { task, outputs, features } = parts.train.data;
  const { width, image, categories, tokens, sequence } = features;
  const seen = {
    ...(image && { image }),
    ...(categories && { categories }),
    ...(tokens && { tokens }),
    ...(sequence && { sequence }),
  };
  const model = { task, outputs, width, ...seen, parameters, weights };
  const legend = treeLegend(estimator, model, () => pipeline.meanings(), features);
  return exportModel(contract, pipeline, estimator, model, legend);
}
