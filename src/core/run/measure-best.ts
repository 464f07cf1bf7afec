import type { Engine } from '#core/engine.ts';
import { metricNamed } from '#core/evaluation/registry.ts';
import type { Contract } from '#core/spec/contract.ts';
import type { Measured } from '#core/spec/run-record.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import { measureSpeed, type Speed } from './measure-speed.ts';
import type { PreparedRun } from './prepare-run.ts';

/** Times the best candidate's exported model on test rows, and holds it against what the contract asks for. */
export async function measureBest(
  best: { readonly record: CandidateRecord; readonly bytes: Uint8Array },
  { contract, parts }: Pick<PreparedRun, 'contract' | 'parts'>,
  engine: Engine,
  signal: AbortSignal,
): Promise<Measured> {
  const session = await engine.openModel(best.bytes);
  try {
    const speed = await measureSpeed(session, contract, parts.test, signal);
    return heldAgainst(contract, best.record, speed);
  } finally {
    await session.release();
  }
}

function heldAgainst(
  { primaryMetric, terms = {} }: Contract,
  { name, metrics }: CandidateRecord,
  { latency, throughput }: Speed,
): Measured {
  const { threshold, latencyMs, rowsPerSecond } = terms;
  const value = metrics.test[primaryMetric]?.value ?? null;
  const isHigher = metricNamed(primaryMetric).better === 'higher';
  const reaches = (wanted: number): boolean =>
    value !== null && (isHigher ? value >= wanted : value <= wanted);
  return {
    candidate: name,
    ...(threshold === undefined
      ? {}
      : { threshold: { wanted: threshold, value, met: reaches(threshold) } }),
    latency: {
      ...latency,
      ...(latencyMs === undefined ? {} : { wanted: latencyMs, met: latency.p95Ms <= latencyMs }),
    },
    throughput: {
      ...throughput,
      ...(rowsPerSecond === undefined
        ? {}
        : { wanted: rowsPerSecond, met: throughput.rowsPerSecond >= rowsPerSecond }),
    },
  };
}
