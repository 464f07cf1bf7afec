import type { RunRecord } from '#core/spec/run-record.ts';

/** All of a run that a kill might change, but for what it warns of: weights, models, curves and figures. */
export function outcomeOf({ candidates, best }: RunRecord) {
  return {
    best,
    candidates: candidates.map(
      ({ weightsSha256, onnx, history, metrics, crossValidation, versusBaseline }) => ({
        weightsSha256,
        onnx,
        history,
        metrics,
        crossValidation,
        versusBaseline,
      }),
    ),
  };
}
