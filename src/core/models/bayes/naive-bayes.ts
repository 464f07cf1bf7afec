import { choiceOf, type ParameterValues } from '#core/spec/parameters.ts';
import type { Estimator } from '../estimator.ts';
import { bernoulli, multinomial } from './counting.ts';
import { gaussian } from './gaussian.ts';

/** What a class says of its features: how it is fitted, and written into the graph. */
export type Likelihood = Required<Pick<Estimator, 'train' | 'emit'>>;

const likelihoods: ReadonlyMap<string, Likelihood> = new Map([
  ['gaussian', gaussian],
  ['bernoulli', bernoulli],
  ['multinomial', multinomial],
]);

export const naiveBayes: Estimator = {
  name: 'naive_bayes',
  title: 'Naive Bayes',
  shortName: 'naive bayes',
  summary: 'Takes each feature for independent of the others within a class; trained in one pass.',
  tasks: ['classification'],
  acceptsSparse: (parameters) => choiceOf(parameters, 'kind') !== 'gaussian',
  acceptsWeights: true,
  complexity: 5,
  parameters: [
    {
      name: 'kind',
      label: 'Features are',
      kind: 'choice',
      choices: [...likelihoods.keys()],
      default: 'gaussian',
      help: 'Numbers around a class’s mean (gaussian), above 0 or not (bernoulli), or counts of at least 0 (multinomial).',
    },
    {
      name: 'var_smoothing',
      label: 'Variance added',
      kind: 'number',
      min: 1e-12,
      max: 1e6,
      default: 1e-9,
      help: 'Share of the largest feature’s variance that is added to every variance (gaussian).',
    },
    {
      name: 'alpha',
      label: 'Counts added',
      kind: 'number',
      min: 1e-10,
      max: 1e6,
      default: 1,
      help: 'Rows, or counts, that every class is taken to have seen of each feature besides (bernoulli, multinomial).',
    },
  ],
  train: (input) => likelihoodOf(input.parameters).train(input),
  emit: (graph, features, model) => likelihoodOf(model.parameters).emit(graph, features, model),
};

function likelihoodOf(parameters: ParameterValues): Likelihood {
  return likelihoods.get(choiceOf(parameters, 'kind')) ?? gaussian;
}
