import * as tf from '@tensorflow/tfjs-core';

/** What tfjs keeps of a pass for the way back; it is not freed where the pass or the way back throws. */
interface Tape {
  activeTape: { readonly saved?: readonly tf.Tensor[] }[] | null;
}

/**
 * tfjs's own, which leaves no tensor behind when it throws, as a device without memory makes it do.
 * @param kept what the loss keeps for its caller
 */
export function variableGrads(
  loss: () => tf.Scalar,
  variables: tf.Variable[],
  kept: readonly tf.Tensor[],
): { value: tf.Scalar; grads: tf.NamedTensorMap } {
  try {
    return tf.variableGrads(loss, variables);
  } catch (thrown) {
    // The tape holds what was saved for the way back; tfjs's types do not show it.
    const { state } = tf.engine() as unknown as { readonly state: Tape };
    for (const { saved = [] } of state.activeTape ?? []) tf.dispose([...saved]);
    state.activeTape = null;
    tf.dispose([...kept]);
    throw thrown;
  }
}
