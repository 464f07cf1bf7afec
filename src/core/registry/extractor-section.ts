import type { RunRecord } from '#core/spec/run-record.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';

/** The networks in a model that somebody brought, which Terrarium knows nothing about but their files. */
export function extractorSection(
  { spec, contract }: RunRecord,
  best: CandidateRecord,
  code: (text: string) => string,
): string[] {
  const candidate = spec.candidates.find(({ name }) => name === best.name);
  const lines = (candidate?.steps ?? spec.steps).flatMap(({ extractor }) => {
    if (extractor === undefined) return [];
    const { file, sha256 } = extractor;
    const size = contract.inputs.find((input) => input.extractor?.sha256 === sha256)?.extractor;
    const bytes = size === undefined ? '' : `, ${size.bytes} bytes, ${size.features} features`;
    return `- ${code(file.replace(/^.*[/\\]/, ''))}${bytes}, SHA-256 \`${sha256}\``;
  });
  if (lines.length === 0) return [];
  return [
    '## A network that was brought',
    [
      'Features of images are read by a network that the person who made this model brought. It is part of the ONNX file, so its licence holds for that file too; what it was trained on is not known here.',
      '',
      ...lines,
    ].join('\n'),
  ];
}
