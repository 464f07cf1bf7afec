/** Words that have an order, lowest first; those at one place mean the same. */
const SCALES: readonly (readonly (readonly string[])[])[] = [
  [['very low'], ['low'], ['medium', 'moderate', 'mid', 'middle', 'average', 'normal'], ['high'], ['very high']],
  [['xxs'], ['xs'], ['s'], ['m'], ['l'], ['xl'], ['xxl'], ['xxxl']],
  [['extra small'], ['small'], ['medium'], ['large'], ['extra large']],
  [['never'], ['rarely', 'seldom'], ['sometimes', 'occasionally'], ['often', 'frequently'], ['usually'], ['always']],
  [['strongly disagree'], ['disagree'], ['neutral', 'neither agree nor disagree', 'undecided'], ['agree'], ['strongly agree']],
  [['very dissatisfied'], ['dissatisfied'], ['neutral'], ['satisfied'], ['very satisfied']],
  [['very poor'], ['poor'], ['fair', 'average'], ['good'], ['very good'], ['excellent']],
  [['none'], ['mild', 'minor'], ['moderate'], ['severe', 'major'], ['critical']],
  [['beginner'], ['intermediate'], ['advanced'], ['expert']],
  [['bronze'], ['silver'], ['gold'], ['platinum'], ['diamond']],
  [['sehr niedrig'], ['niedrig', 'gering'], ['mittel'], ['hoch'], ['sehr hoch']],
  [['nie'], ['selten'], ['manchmal'], ['oft'], ['immer']],
  [['faible', 'bas'], ['moyen'], ['élevé', 'haut']],
  [['bajo'], ['medio'], ['alto']],
]; // prettier-ignore
/** Two of a scale could be anything. */
const MIN_VALUES = 3;

/**
 * The order that the distinct texts of a column have by what they mean, lowest first, where all of them belong to one
 * scale, each at another place of it.
 * @returns null where they do not
 */
export function knownOrder(texts: readonly string[]): readonly string[] | null {
  if (texts.length < MIN_VALUES || texts.length > 8) return null;
  const words = texts.map((text) => text.toLowerCase().replaceAll(/[\s_-]+/g, ' '));
  for (const scale of SCALES) {
    const places = words.map((word) => scale.findIndex((same) => same.includes(word)));
    if (places.includes(-1) || new Set(places).size < places.length) continue;
    return texts
      .map((text, i) => ({ text, place: places[i] ?? 0 }))
      .sort((a, b) => a.place - b.place)
      .map(({ text }) => text);
  }
  return null;
}
