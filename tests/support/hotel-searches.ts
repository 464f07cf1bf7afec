import { noise, tableOf } from './experiment.ts';

/** Rows that a search shows at most. */
const SHOWN = 12;

/** The search of a row: searches show 2 to 12 hotels. */
function searchesOf(searches: number): number[] {
  return Array.from({ length: searches }, (_, q) => q).flatMap((q) =>
    Array.from({ length: 2 + Math.floor(noise(q, 1) * (SHOWN - 1)) }, () => q),
  );
}

/**
 * Hotels that searches have shown, graded 0 to 4 by what became of them: wanted are those that cost near 130, and of all but
 * hostels well rated ones that are not far away. Searches are dear or cheap as a whole.
 */
export function hotelSearches(searches = 120): string {
  const searchOf = searchesOf(searches);
  const search = (row: number): number => searchOf[row] ?? 0;
  const dearness = (row: number): number => 60 + 200 * noise(search(row), 2);
  const price = (row: number): number => dearness(row) * (0.6 + 0.8 * noise(row, 3));
  const stars = (row: number): number => 1 + Math.floor(5 * noise(row, 4));
  const distance = (row: number): number => 10 * noise(row, 5);
  return tableOf(searchOf.length, {
    search_id: (row) => `s${search(row) + 1}`,
    price: (row) => price(row).toFixed(2),
    stars: (row) => (row % 23 === 0 ? '' : stars(row)),
    distance_km: (row) => distance(row).toFixed(1),
    kind: (row) => ['hotel', 'hostel', 'flat'][row % 3] ?? '',
    nights: (row) => 1 + Math.floor(7 * noise(search(row), 6)),
    grade: (row) => {
      const quality = row % 3 === 1 ? 2 : stars(row) - (distance(row) > 6 ? 2 : 0);
      const wish = quality - Math.abs(price(row) - 130) / 60 + noise(row, 7);
      return Math.min(4, Math.max(0, Math.round(wish)));
    },
  });
}
