import * as v from 'valibot';
import type { ResultForm } from '#core/checkpoints/piece.ts';
import { measuredFoldSchema } from '#core/spec/candidate-record.ts';

const schema = v.object({ fold: measuredFoldSchema, warnings: v.array(v.string()) });

/** What one round of a cross-validation gave. */
export type FinishedFold = Readonly<v.InferOutput<typeof schema>>;

/** As a run that may be interrupted keeps it. */
export const foldForm: ResultForm<FinishedFold> = {
  write: (fold) => ({ about: fold, arrays: [] }),
  read: ({ about }) => {
    const fold = v.safeParse(schema, about);
    return fold.success ? fold.output : null;
  },
};
