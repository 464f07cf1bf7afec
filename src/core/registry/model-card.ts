import { metricNamed, metricsFor } from '#core/evaluation/registry.ts';
import type { AnswerKind } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import type { ImagePreprocessing } from '#core/images/preprocessing.ts';
import type { ContractInput } from '#core/spec/contract.ts';
import { rangeText } from '#core/spec/pins.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import { hasTarget, taskFacts, unitOf } from '#core/spec/tasks.ts';
import { carriedSection } from './carried-section.ts';
import { coefficientsSection } from './coefficients-section.ts';
import { componentsSection } from './components-section.ts';
import { contractSection } from './contract-section.ts';
import { importancesSection } from './importances-section.ts';
import { personalSection } from './personal-section.ts';
import { intervalText } from './figure-text.ts';
import { costText } from './cost-text.ts';
import { extractorSection } from './extractor-section.ts';
import { foldsSection } from './folds-section.ts';
import { pythonSnippet } from './python-snippet.ts';
import { splitSentence } from './split-sentence.ts';

/**
 * The model card of a run's best candidate, in Markdown, after Mitchell et al., "Model Cards for Model
 * Reporting" (2019): what it is, how it was measured, on what, and how to use it.
 */
export function modelCard(record: RunRecord): string {
  const best = record.candidates.find((candidate) => candidate.name === record.best);
  if (best === undefined) {
    return `# ${oneLine(record.name)}\n\nNo candidate passed the parity check, so this run has no model to describe.\n`;
  }
  return [
    `# ${oneLine(record.name)}`,
    summary(record, best),
    `## Figures on the test ${unitOf(record.contract.task)}s`,
    metricTable(record),
    note(record),
    ...foldsSection(record),
    ...importancesSection(best, code),
    ...coefficientsSection(best, asked(record), code),
    ...componentsSection(best, code),
    ...contractSection(record),
    '## Data and split',
    dataSection(record),
    ...personalSection(record.spec),
    ...extractorSection(record, best, code),
    ...carriedSection(record, best),
    '## Inputs',
    inputTable(record.contract.inputs),
    '## Output',
    outputSection(record, best),
    '## Use it from Python',
    `\`\`\`python\n${pythonSnippet(record.contract, estimatorNamed(best.model).answers)}\n\`\`\``,
    '## How it was made',
    originSection(record, best),
    ...warningSection(record, best),
  ]
    .join('\n\n')
    .concat('\n');
}

function summary(record: RunRecord, best: CandidateRecord): string {
  const { title, summary: what } = estimatorNamed(best.model);
  const { task, target } = record.contract;
  const answer = hasTarget(task) ? code(target.name) : target.name;
  return `**${title}** for ${taskFacts[task].doing} ${answer}. ${what}`;
}

/** What coefficients are of. */
function asked({
  contract: { task, target },
}: RunRecord): Parameters<typeof coefficientsSection>[1] {
  return {
    target: task === 'ranking' ? 'the score' : code(target.name),
    classes: target.classes,
  };
}

function metricTable(record: RunRecord): string {
  const metrics = metricsFor(record.contract.task, record.contract.forecast !== undefined);
  const rows = record.candidates.map((candidate) => {
    const cells = metrics.map((metric) => intervalText(candidate.metrics.test[metric.name]));
    const name = candidate.name === record.best ? `**${candidate.name}**` : candidate.name;
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  return [
    `| candidate | ${metrics.map((metric) => metric.title).join(' | ')} |`,
    `|---|${metrics.map(() => '---').join('|')}|`,
    ...rows,
  ].join('\n');
}

function note(record: RunRecord): string {
  return `Each figure was measured on ${record.split.test} test ${unitOf(record.contract.task)}s by running the exported ONNX graph in onnxruntime; in brackets its 95% bootstrap interval (${record.spec.evaluation.resamples} resamples${record.contract.query === undefined ? '' : ' of whole queries'}). The best candidate was chosen by ${chosenBy(record)}.`;
}

function chosenBy({ spec, split }: RunRecord): string {
  const { title } = metricNamed(spec.metric);
  return split.folds === undefined
    ? `${title} on ${split.validation} validation ${unitOf(spec.task)}s`
    : `the mean ${title} over ${split.folds.length} folds`;
}

function dataSection(record: RunRecord): string {
  const { dataset, split } = record;
  const { weights } = record.spec.rows;
  const left = dataset.rowsWithoutTarget;
  const { rowsRepeated: repeated = 0, rowsConflicting: conflicting = 0 } = dataset;
  return [
    `- Data: \`${dataset.name}\`, ${dataset.rows} rows${left === 0 ? '' : `, of which ${left} have no target and were left out`}${repeated === 0 ? '' : `; ${repeated} more repeat an earlier row and were left out`}${conflicting === 0 ? '' : `; ${conflicting} more contradict others of the same inputs and were left out, so that no figure below tells how such rows are answered`}`,
    `- SHA-256 of the file: \`${dataset.sha256}\``,
    `- Split: ${splitSentence(split, record.contract.task, code)}`,
    ...(weights === undefined
      ? []
      : [
          `- In training each row counts as column ${code(weights)} says; in the figures each counts once.`,
        ]),
    `- Every statistic of the features comes from the training ${unitOf(record.contract.task)}s.`,
    ...dataset.doubts.map((doubt) => `- ${oneLine(doubt)}`),
  ].join('\n');
}

function inputTable(inputs: readonly ContractInput[]): string {
  const rows = inputs.map((input) => {
    return `| ${code(input.name)} | ${code(input.tensor)} | ${input.dtype} [N, 1] | ${seen(input)} | ${allowed(input)} |`;
  });
  return [
    inputs.some(({ verbatim }) => verbatim === true)
      ? 'The text as it stands, white space around it included.'
      : 'Raw values, without white space around them. Missing is NaN for numbers and the empty text for texts; the texts that meant missing in training, such as `NA`, are in the contract under `missing`.',
    '',
    '| column | tensor | type | seen in training | allowed |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function seen({ type, range, period, preprocessing, categories = [] }: ContractInput): string {
  if (preprocessing !== undefined) return imageText(preprocessing);
  if (range !== undefined) return rangeText(range);
  if (period !== undefined) return `${period.from} to ${period.to}`;
  return type === 'text' ? 'texts' : categories.slice(0, 8).map(code).join(', ');
}

/** What the tensor of an image is. */
function imageText({ name, version, height, width, channels, fit }: ImagePreprocessing): string {
  const colours = channels === 1 ? 'grey' : 'red, green, blue';
  return `images by \`${name}\` ${version}: [N, ${height}, ${width}, ${channels}], ${colours} from 0 to 1, ${fit}`;
}

/** What the contract pins of a column; `predict` refuses other values. */
function allowed({ allowed: { range, categories, nullable } = {} }: ContractInput): string {
  const values = [
    ...(range === undefined ? [] : [rangeText(range)]),
    ...(categories === undefined ? [] : [categories.map(code).join(', ')]),
    ...(nullable === false ? ['not missing'] : []),
  ];
  return values.length === 0 ? 'any' : values.join('; ');
}

function outputSection({ contract }: RunRecord, best: CandidateRecord): string {
  const kind = estimatorNamed(best.model).answers;
  if (kind !== undefined) return untargetedOutput(kind);
  const { classes } = contract.target;
  if (contract.query !== undefined) return rankingOutput(contract.query.name);
  return classes === undefined
    ? `\`value\`, float64 [N, 1]: the predicted ${code(contract.target.name)}.`
    : `\`label\`, string [N], and \`probabilities\`, float32 [N, ${classes.length}], in the order ${classes.map(code).join(', ')}.`;
}

function rankingOutput(query: string): string {
  return `\`score\`, float32 [N, 1]: among the rows that have the same ${code(query)} the highest score ranks first. Beside rows of other queries it means nothing. The graph takes no ${code(query)}: whoever asks knows which rows are one query.`;
}

function untargetedOutput(kind: AnswerKind): string {
  switch (kind) {
    case 'distances':
      return '`label`, string [N], for example `cluster 1`, and `distances`, float32 [N, k], to the centre of each cluster after the steps; the least is the label’s.';
    case 'probabilities':
      return '`label`, string [N], for example `cluster 1`, and `probabilities`, float32 [N, k], in the order of the clusters.';
    case 'score':
      return '`label`, string [N], `ordinary` or `anomaly`, `score`, float32 [N, 1], and `threshold`, float32 [N, 1], the same in every row: an anomaly’s score is above it.';
    case 'components':
      return '`components`, float32 [N, k], the row’s places along the directions below, and `reconstruction_error`, float32 [N, 1], how far the row lies from what they say, in the features’ unit after the steps.';
    case 'text':
      return '`probabilities`, float32 [N, characters], of each character to come next, and `nats`, float32 [N, 1], the mean of −ln(probability) of the text’s own characters.';
  }
}

function originSection(record: RunRecord, best: CandidateRecord): string {
  const { environment } = record;
  const { parity } = best;
  const cost = costText(best);
  return [
    `- Terrarium ${environment.versions['terrarium'] ?? ''}, ${environment.runtime}, backend ${environment.backend}${environment.adapter === null ? '' : ` (${environment.adapter})`}`,
    `- Run \`${record.id}\`, ${record.finishedAt}, seed ${record.spec.seed}`,
    ...(cost === null ? [] : [`- Its training took ${cost}`]),
    `- SHA-256 of the weights: \`${best.weightsSha256}\``,
    `- SHA-256 of the ONNX file: \`${best.onnx.sha256}\``,
    `- Parity of the trained and the exported model: largest difference ${parity.maxAbsDifference.toExponential(1)} on ${parity.rows} ${unitOf(record.contract.task)}s, tolerance ${parity.tolerance.toExponential(0)}: ${parity.passed ? 'passed' : 'failed'}`,
  ].join('\n');
}

function warningSection(record: RunRecord, best: CandidateRecord): string[] {
  const warnings = [...record.warnings, ...best.warnings];
  return warnings.length === 0
    ? []
    : ['## Warnings', warnings.map((text) => `- ${oneLine(text)}`).join('\n')];
}

/** A text as Markdown code, in one line; where it holds backticks, between two of them. */
function code(text: string): string {
  const line = text.replaceAll(/\s*[\r\n]+\s*/g, ' ').replaceAll('|', '\\|');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

/** A text that stands as it is, in one line. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
