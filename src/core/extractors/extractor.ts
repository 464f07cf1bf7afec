import type { NodeProto, TensorProto } from 'onnx-buf';
import type { FoundScaling } from './pixel-scaling.ts';

/** What a spec says of the network that a step reads features from: the file's name or path, and the hash of its bytes. */
export interface ExtractorFile {
  readonly file: string;
  readonly sha256: string;
}

/** Gives the bytes of a file that a step names, whatever they are; whoever asks holds them against the hash. */
export type ExtractorBytes = (wanted: ExtractorFile) => Promise<Uint8Array>;

/** How a network takes images. */
export interface ExtractorInput {
  readonly name: string;
  readonly layout: 'channels_first' | 'channels_last';
  /** Pixels; null where it takes any. */
  readonly height: number | null;
  readonly width: number | null;
}

/**
 * A network that a person brought, cut behind the tensor that its features are read from. Its nodes mean what they mean
 * in the operator set of our own graphs, so that they can stand in one.
 */
export interface Extractor {
  /** Name of the file, without folders. */
  readonly file: string;
  readonly sha256: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly input: ExtractorInput;
  /** How it wants pixels where a step leaves that to it; null where nothing tells. */
  readonly pixels: FoundScaling | null;
  /** In an order in which each finds its inputs. */
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  /** Name of the tensor with the features. */
  readonly layer: string;
}
