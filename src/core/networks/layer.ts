/**
 * What a row is between two layers: [features], [height, width, channels] of an image, [length, channels] of a sequence, or
 * [places, numbers] of a text.
 */
export type Shape = readonly number[];

/** Fully connected: output = input · kernel + bias. Before a batch normalization, which takes every offset away, there is no bias. */
export interface DenseLayer {
  readonly kind: 'dense';
  readonly units: number;
  readonly bias?: false;
}

/** A non-linearity, number by number. */
export interface ActivationLayer {
  readonly kind: 'activation';
  readonly function: 'relu' | 'tanh';
}

/**
 * Windows of an image against filters: at each place the sum of window · kernel, plus bias. `same` puts zeros around the
 * image so that stride 1 keeps its size; `valid` takes only windows that lie in it.
 */
export interface ConvolutionLayer {
  readonly kind: 'convolution';
  readonly filters: number;
  /** Sides of a window. */
  readonly size: number;
  /** Pixels from one window to the next. */
  readonly stride: number;
  readonly padding: 'same' | 'valid';
  /** Before a batch normalization, as in a fully connected layer. */
  readonly bias?: false;
}

/**
 * The same along a sequence: windows of so many positions with all their channels. `causal` puts all zeros before the
 * sequence, so that no place sees what comes after it; it and `same` keep the length with stride 1.
 */
export interface Convolution1dLayer {
  readonly kind: 'convolution_1d';
  readonly filters: number;
  /** Positions of a window. */
  readonly size: number;
  /** Positions from one window to the next. */
  readonly stride: number;
  readonly padding: 'same' | 'valid' | 'causal';
}

/** Of each channel of a sequence the largest number of all positions, the first of equal ones, or their mean. */
export interface GlobalPoolLayer {
  readonly kind: 'global_pool';
  readonly function: 'max' | 'mean';
}

/**
 * Gated recurrent units: goes along a sequence with a state, of which it gives the last, or that of each position for a
 * layer behind it.
 */
export interface GruLayer {
  readonly kind: 'gru';
  /** Numbers of the state. */
  readonly units: number;
  readonly gives: 'last' | 'all';
}

/** The largest number of each two by two pixels, channel by channel; an odd last row or column counts for nothing. */
export interface MaxPoolLayer {
  readonly kind: 'max_pool';
}

/** Drops numbers by chance while training, and makes the others larger by as much. */
export interface DropoutLayer {
  readonly kind: 'dropout';
  /** Chance of a number to be dropped, from 0 to below 1. */
  readonly share: number;
}

/** Brings each channel to mean 0 and deviation 1 over the batch, then to a scale and an offset that are trained. */
export interface BatchNormLayer {
  readonly kind: 'batch_norm';
}

/**
 * Codes of categories become learned vectors, behind the features that are none. What is missing or no known code has a
 * vector of its own. It stands first.
 */
export interface EmbeddingLayer {
  readonly kind: 'embedding';
  readonly codes: readonly CodedFeature[];
}

/**
 * A text's codes of characters become vectors, place after place: at each that of the character before it, and at the first
 * one of its own, plus a vector of the place. It stands first.
 */
export interface CharactersLayer {
  readonly kind: 'characters';
  /** How many codes there are. */
  readonly characters: number;
  /** Length of a vector, a multiple of 8. */
  readonly size: number;
}

/** Brings each place's vector to mean 0 and deviation 1, then to a scale and an offset that are trained. */
export interface LayerNormLayer {
  readonly kind: 'layer_norm';
}

/**
 * A block of a transformer: each place looks at itself and those before it, then goes by itself through a hidden layer;
 * both are added to what came in, and normalized before.
 */
export interface TransformerBlockLayer {
  readonly kind: 'transformer_block';
  /** Into how many equal parts a vector falls, each of which looks for itself; a part is a multiple of 4 long. */
  readonly heads: number;
  /** Units of the hidden layer, a multiple of 8. */
  readonly hidden: number;
  readonly activation: 'gelu' | 'relu';
  /** Chance of a number that is to be added to be dropped in training. */
  readonly dropout: number;
}

/** Fully connected, the same for every place. */
export interface PlaceDenseLayer {
  readonly kind: 'place_dense';
  readonly units: number;
}

/** A feature whose numbers are codes 0, 1, … */
export interface CodedFeature {
  readonly feature: number;
  readonly categories: number;
  /** Length of its vectors. */
  readonly size: number;
}

/**
 * Codes of words, one for each place of a text, become learned vectors: [length] to [length, size], from one table for all
 * places. Code 0 is a place without a word, whose vector is zeros and stays so. It stands first.
 */
export interface TokenEmbeddingLayer {
  readonly kind: 'token_embedding';
  /** How many codes there are, 0 among them. */
  readonly codes: number;
  readonly size: number;
}

/**
 * The weighted mean of a sequence's places, [length, size] to [size]: a place's weight is e^(query · place), with a query that
 * is learned. A place of zeros counts for nothing; a sequence of such places gives zeros.
 */
export interface AttentionPoolLayer {
  readonly kind: 'attention_pool';
}

/** One layer of a network, as plain data; `registry.ts` has what there is to know of each kind. */
export type Layer =
  | DenseLayer
  | ActivationLayer
  | ConvolutionLayer
  | Convolution1dLayer
  | GlobalPoolLayer
  | GruLayer
  | MaxPoolLayer
  | DropoutLayer
  | BatchNormLayer
  | EmbeddingLayer
  | TokenEmbeddingLayer
  | AttentionPoolLayer
  | CharactersLayer
  | LayerNormLayer
  | TransformerBlockLayer
  | PlaceDenseLayer;

/** How many numbers a row of a shape has. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, one) => product * one, 1);
}

/** How many places a text has: its codes [places], or vectors [places, numbers]. */
export function placesOf(shape: Shape): number {
  return shape[0] ?? 0;
}
