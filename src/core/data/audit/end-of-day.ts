const MS_PER_DAY = 86_400_000;

/** Milliseconds since 1970 at the end of a day in UTC. @param day as an ISO date */
export function endOfDay(day: string): number {
  return Date.parse(day) + MS_PER_DAY - 1;
}
