import type { CandidateRecord } from '#core/spec/candidate-record.ts';

type Cost = NonNullable<CandidateRecord['cost']>;

const places: Readonly<Record<Cost['memory']['of'], string>> = {
  kernels: 'memory of the kernels',
  tensors: 'memory of tensors',
  gpu: 'GPU memory',
};

/** `2.4 s of work in 3.1 s, 1.9 s of it on the GPU; at most 12.5 MB of GPU memory`; null where it was not measured. */
export function costText({
  trainMs,
  cost,
}: Pick<CandidateRecord, 'trainMs' | 'cost'>): string | null {
  if (cost === undefined) return null;
  const { wallMs, deviceMs, memory } = cost;
  const device = deviceMs === undefined ? '' : `, ${seconds(deviceMs)} of it on the GPU`;
  return `${seconds(trainMs)} of work in ${seconds(wallMs)}${device}; at most ${megabytes(memory.peakBytes)} of ${places[memory.of]}`;
}

function seconds(ms: number): string {
  return `${(Math.round(ms) / 1000).toLocaleString('en', { maximumSignificantDigits: 3 })} s`;
}

/** `12.5 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumSignificantDigits: 3 })} MB`;
}
