import { randomBytes } from 'node:crypto';

/** An id for a run: its time and six random bytes, so that ids sort by time. */
export function newRunId(): string {
  const time = new Date().toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
  return `${time}-${randomBytes(6).toString('hex')}`;
}
