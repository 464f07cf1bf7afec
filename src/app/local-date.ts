/** The day where the person is, as an ISO date. */
export function localDate(timeMs: number): string {
  const time = new Date(timeMs);
  const parts = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The day and the minute where the person is: `Nov 23, 2026, 1:02 PM`, which no line ends before its PM. */
export function localMoment(isoTime: string): string {
  return moments.format(new Date(isoTime)).replace(/\s(?=[AP]M$)/, '\u00A0');
}
