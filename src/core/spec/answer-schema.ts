import type { Contract } from './contract.ts';
import type { Task } from './spec.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

type Target = Pick<Contract['target'], 'name' | 'classes'>;

/** One entry of what `terrarium predict --json` gives in `predictions`, as JSON Schema. */
export function answerSchema(task: Task, target: Target): JsonSchema {
  return schemas[task](task, target);
}

const schemas: Readonly<Record<Task, (task: Task, target: Target) => JsonSchema>> = {
  classification: (task, { classes }) =>
    record(task, {
      label: { type: 'string', ...(classes === undefined ? {} : { enum: classes }) },
      probabilities: {
        type: 'array',
        items: { type: 'number', minimum: 0, maximum: 1 },
        ...(classes === undefined ? {} : { minItems: classes.length, maxItems: classes.length }),
        description: 'One for each class, in the order of the labels.',
      },
    }),
  regression: (task, { name }) =>
    record(task, { value: { type: 'number', description: `The predicted ${name}.` } }),
  ranking: (task) =>
    record(
      task,
      { score: { type: 'number', description: 'Higher ranks first among the rows of a query.' } },
      {
        query: { type: 'string', description: 'Of a row in a table.' },
        rank: { type: 'integer', minimum: 1, description: 'The row’s place in its query.' },
      },
    ),
  // How many groups or components there are is the model's own: the data has none to count.
  clustering: (task) => ({
    oneOf: [
      groups(task, 'distances', {
        items: { type: 'number', minimum: 0 },
        description:
          'To the centre of each cluster, after the model’s steps; the least is the label’s.',
      }),
      groups(task, 'probabilities', {
        items: { type: 'number', minimum: 0, maximum: 1 },
        description: 'Of each cluster; the largest is the label’s.',
      }),
    ],
  }),
  anomaly_detection: (task) =>
    record(task, {
      label: { type: 'string', enum: ['ordinary', 'anomaly'] },
      score: { type: 'number', description: 'An anomaly’s is above the threshold.' },
      threshold: { type: 'number' },
    }),
  reduction: (task) =>
    record(task, {
      components: {
        type: 'array',
        items: { type: 'number' },
        minItems: 1,
        description: 'The record’s place along each of the model’s directions.',
      },
      reconstructionError: {
        type: 'number',
        minimum: 0,
        description: 'How far the record lies from what its components say, after the steps.',
      },
    }),
  language: (task, { classes }) =>
    record(task, {
      next: { type: 'string', ...(classes === undefined ? {} : { enum: classes }) },
      probabilities: {
        type: 'array',
        items: { type: 'number', minimum: 0, maximum: 1 },
        ...(classes === undefined ? {} : { minItems: classes.length, maxItems: classes.length }),
        description: 'Of each character to come next, in the order of the list of `next`.',
      },
      nats: {
        type: 'number',
        description: 'The mean of −ln(probability) of the text’s own characters.',
      },
    }),
};

function groups(task: Task, name: string, numbers: JsonSchema): JsonSchema {
  return record(task, {
    label: { type: 'string', pattern: '^cluster [1-9][0-9]*$' },
    [name]: { type: 'array', ...numbers },
  });
}

function record(
  task: Task,
  required: Readonly<Record<string, JsonSchema>>,
  others: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return {
    type: 'object',
    properties: { task: { const: task }, ...required, ...others },
    required: ['task', ...Object.keys(required)],
    additionalProperties: false,
  };
}
