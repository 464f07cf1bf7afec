import type * as Ort from 'onnxruntime-web/wasm';
import type { GraphInput, GraphOutput, ModelSession } from '#core/engine.ts';
import { runError } from '#core/errors.ts';

/** The part of onnxruntime-web that both of its builds (browser and Node) export. */
export type OrtModule = typeof Ort;

/**
 * Loads an ONNX model in onnxruntime's wasm build, on one thread: the same code, and so the same
 * digits, in the tab and on Node.
 * @throws TerrariumError where onnxruntime refuses the model
 */
export async function openModelWith(ort: OrtModule, bytes: Uint8Array): Promise<ModelSession> {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  let session: Ort.InferenceSession;
  try {
    session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  } catch (thrown) {
    throw runError(
      'model_refused',
      `onnxruntime cannot load the model: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      'The file may be damaged; export it again.',
    );
  }
  return {
    async run(inputs, rows) {
      const feeds = Object.fromEntries(
        Object.entries(inputs).map(([name, input]) => [name, tensorOf(ort, input, rows)]),
      );
      const results = await session.run(feeds);
      return Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, tensor.data as GraphOutput]),
      );
    },
    release: () => session.release(),
  };
}

function tensorOf(ort: OrtModule, input: GraphInput, rows: number): Ort.Tensor {
  const shape = [rows, ...(input.sizes ?? [rows === 0 ? 1 : input.values.length / rows])];
  if (input.dtype === 'string') return new ort.Tensor('string', [...input.values], shape);
  if (input.dtype === 'float32') return new ort.Tensor('float32', input.values, shape);
  return new ort.Tensor('float64', input.values, shape);
}
