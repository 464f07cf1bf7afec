import * as v from 'valibot';
import { TerrariumError } from '#core/errors.ts';

const sampleSchema = v.object({
  id: v.string(),
  file: v.string(),
  title: v.string(),
  /** What there is to do or to see, in a word or two: `regression`, `images`, `language`. */
  kind: v.string(),
  description: v.string(),
  rows: v.number(),
  bytes: v.number(),
  /** The column that the description asks for; a text has none. */
  target: v.optional(v.string()),
  licence: v.string(),
  source: v.string(),
});

/** A data set that ships with Terrarium, with its licence. */
export type Sample = v.InferOutput<typeof sampleSchema>;

/** The samples beside the page. @throws TerrariumError `sample_unreachable` */
export async function loadSamples(): Promise<readonly Sample[]> {
  const response = await fetched('samples.json', 'The list of samples');
  return v.parse(v.array(sampleSchema), await response.json());
}

/** A sample's file. @throws TerrariumError `sample_unreachable` */
export async function loadSampleFile(sample: Sample): Promise<Blob> {
  return (await fetched(sample.file, `The sample ${sample.title}`)).blob();
}

async function fetched(file: string, what: string): Promise<Response> {
  try {
    const response = await fetch(`./samples/${file}`);
    if (response.ok) return response;
    throw unreachable(what, `the server answered ${response.status}`);
  } catch (thrown) {
    if (thrown instanceof TerrariumError) throw thrown;
    throw unreachable(what, 'the server did not answer');
  }
}

function unreachable(what: string, why: string): TerrariumError {
  return new TerrariumError({
    code: 'sample_unreachable',
    kind: 'run',
    message: `${what} could not be loaded: ${why}.`,
    hint: 'Check the connection to the server and try again, or drop a file of your own.',
  });
}
