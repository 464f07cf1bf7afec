import { isShippedExtractor, shippedExtractor } from '#core/extractors/shipped-extractor.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { SpecStep } from '#core/spec/spec.ts';

/** The networks in a model that read features: the one that is shipped, and those that somebody brought, of which only the files are known. */
export function extractorSection(
  { spec, contract }: RunRecord,
  best: CandidateRecord,
  code: (text: string) => string,
): string[] {
  const candidate = spec.candidates.find(({ name }) => name === best.name);
  const used = (candidate?.steps ?? spec.steps).flatMap(({ extractor }) => extractor ?? []);
  const line = ({ file, sha256 }: NonNullable<SpecStep['extractor']>): string => {
    const size = contract.inputs.find((input) => input.extractor?.sha256 === sha256)?.extractor;
    const bytes = size === undefined ? '' : `, ${size.bytes} bytes, ${size.features} features`;
    return `- ${code(file.replace(/^.*[/\\]/, ''))}${bytes}, SHA-256 \`${sha256}\``;
  };
  const { title, owner, licence, training } = shippedExtractor;
  return [
    ...section(
      'A network that comes with Terrarium',
      `Features of images are read by the first fifteen blocks of the ${title}, by ${owner}. They are part of the ONNX file, so their licence, the ${licence}, holds for that part of it. They were trained ${training}; what they learned there, gaps and leanings included, is in the features.`,
      used.filter(isShippedExtractor).map(line),
    ),
    ...section(
      'A network that was brought',
      'Features of images are read by a network that the person who made this model brought. It is part of the ONNX file, so its licence holds for that file too; what it was trained on is not known here.',
      used.filter((one) => !isShippedExtractor(one)).map(line),
    ),
  ];
}

function section(title: string, text: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, [text, '', ...lines].join('\n')];
}
