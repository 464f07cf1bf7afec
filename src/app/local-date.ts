/** The day where the person is, as an ISO date. */
export function localDate(timeMs: number): string {
  const time = new Date(timeMs);
  const parts = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
