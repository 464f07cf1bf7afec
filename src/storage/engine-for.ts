import type { Engine } from '#core/engine.ts';
import { BACKEND_UNAVAILABLE, runError, TerrariumError } from '#core/errors.ts';
import type { BackendChoice } from '#core/spec/spec.ts';
import { hasCheckpoints } from './checkpoints.ts';
import type { TerrariumDatabase } from './database.ts';
import { guardedWrite } from './quota.ts';
import { getRun } from './runs.ts';

/**
 * The engine that a stored run trains on. One that has begun goes on with the backend that it began on, whatever `auto`
 * would choose by now: another one would begin anew.
 * @throws TerrariumError `backend_unavailable`
 */
export async function engineFor(
  db: TerrariumDatabase,
  runId: string,
  createEngine: (choice: BackendChoice) => Promise<Engine>,
): Promise<Engine> {
  const { spec, backend: begun } = await getRun(db, runId);
  if (begun === undefined || !(await hasCheckpoints(db, runId))) {
    const engine = await createEngine(spec.backend);
    const { backend } = engine;
    // Where that finds no room, a run that goes on chooses again.
    await guardedWrite('the backend', () => db.runs.update(runId, { backend })).catch(() => 0);
    return engine;
  }
  try {
    const engine = await createEngine(begun.name);
    return { ...engine, backend: { ...engine.backend, reason: begun.reason } };
  } catch (thrown) {
    const isGone = thrown instanceof TerrariumError && thrown.code === BACKEND_UNAVAILABLE;
    throw isGone ? waitsFor(begun.name, thrown) : thrown;
  }
}

function waitsFor(backend: string, { code, message }: TerrariumError): TerrariumError {
  return runError(
    code,
    message,
    `It began on ${backend} and goes on only there: resume it once that is back, or run it again from the beginning.`,
    { backend },
  );
}
