type Scale = readonly (readonly string[])[];

/**
 * Words that have an order, lowest first; those at one place mean the same. Days of the week and months go round and
 * are none. Of degrees two words tell which is more.
 */
const DEGREES: readonly Scale[] = [
  [['very low', 'lowest'], ['low'], ['medium', 'moderate', 'mid', 'middle', 'average', 'normal'], ['high'], ['very high', 'highest']],
  [['very small', 'extra small'], ['small'], ['medium'], ['large'], ['very large', 'extra large']],
  [['never'], ['rarely', 'seldom'], ['sometimes', 'occasionally'], ['often', 'frequently'], ['usually'], ['always']],
  [['strongly disagree'], ['disagree'], ['somewhat disagree'], ['neutral', 'neither agree nor disagree', 'undecided'], ['somewhat agree'], ['agree'], ['strongly agree']],
  [['very dissatisfied'], ['dissatisfied'], ['neutral'], ['satisfied'], ['very satisfied']],
  [['very unlikely'], ['unlikely'], ['neutral', 'neither likely nor unlikely'], ['likely'], ['very likely']],
  [['not at all'], ['slightly', 'a little'], ['moderately', 'somewhat'], ['very', 'very much'], ['extremely']],
  [['very poor', 'very bad'], ['poor', 'bad'], ['fair', 'average', 'ok', 'okay'], ['good'], ['very good'], ['excellent']],
  [['none'], ['mild', 'minor'], ['moderate'], ['severe', 'major'], ['critical']],
  [['beginner', 'novice'], ['intermediate'], ['advanced'], ['expert']],
  [['sehr niedrig'], ['niedrig', 'gering'], ['mittel'], ['hoch'], ['sehr hoch']],
  [['sehr klein'], ['klein'], ['mittel'], ['groß', 'gross'], ['sehr groß', 'sehr gross']],
  [['nie'], ['selten'], ['manchmal', 'gelegentlich'], ['oft', 'häufig'], ['immer']],
  [['sehr schlecht'], ['schlecht'], ['mittel', 'mittelmäßig'], ['gut'], ['sehr gut']],
  [['ungenügend'], ['mangelhaft'], ['ausreichend'], ['befriedigend'], ['gut'], ['sehr gut']],
  [['très faible', 'très bas'], ['faible', 'bas', 'basse'], ['moyen', 'moyenne'], ['élevé', 'élevée', 'haut', 'haute'], ['très élevé', 'très élevée']],
  [['jamais'], ['rarement'], ['parfois', 'quelquefois'], ['souvent'], ['toujours']],
  [['muy bajo', 'muy baja'], ['bajo', 'baja'], ['medio', 'media'], ['alto', 'alta'], ['muy alto', 'muy alta']],
  [['nunca'], ['raramente', 'casi nunca'], ['a veces'], ['a menudo', 'casi siempre'], ['siempre']],
  [['basso', 'bassa'], ['medio', 'media'], ['alto', 'alta']],
  [['mai'], ['raramente'], ['a volte'], ['spesso'], ['sempre']],
  [['baixo', 'baixa'], ['médio', 'média'], ['alto', 'alta']],
]; // prettier-ignore
/** Of these two could be anything: S and M, gold and silver, first and second. */
const RANKS: readonly Scale[] = [
  [['xxs', '2xs'], ['xs'], ['s'], ['m'], ['l'], ['xl'], ['xxl', '2xl'], ['xxxl', '3xl']],
  [['intern', 'trainee'], ['junior'], ['mid', 'mid level', 'intermediate'], ['senior'], ['lead'], ['principal']],
  [['bronze'], ['silver'], ['gold'], ['platinum'], ['diamond']],
  [['first', '1st'], ['second', '2nd'], ['third', '3rd'], ['fourth', '4th'], ['fifth', '5th']],
]; // prettier-ignore
const SCALES: readonly { readonly scale: Scale; readonly least: number }[] = [
  ...DEGREES.map((scale) => ({ scale, least: 2 })),
  ...RANKS.map((scale) => ({ scale, least: 3 })),
];
/** In two words these may be no degree but keys of music, voices, or what is usual. */
const AMBIGUOUS = new Set(['minor', 'major', 'normal', 'average', 'neutral', 'none', 'ok', 'okay', 'fair', 'very', 'basso', 'mai']); // prettier-ignore
/** Of the longest scale each in three ways of writing. */
const MAX_TEXTS = 24;

/**
 * The order that the distinct texts of a column have by what they mean, lowest first, where all of them belong to one
 * scale, two of its places at least have one (three where two could be anything), and none has two that differ by more than case, white space and hyphens.
 * @returns null where they do not
 */
export function knownOrder(texts: readonly string[]): readonly string[] | null {
  if (texts.length < 2 || texts.length > MAX_TEXTS) return null;
  const words = texts.map(plain);
  const isOpen = new Set(words).size === 2 && words.some((word) => AMBIGUOUS.has(word));
  if (isOpen) return null;
  for (const { scale, least } of SCALES) {
    const places = words.map((word) => scale.findIndex((same) => same.includes(word)));
    const found = new Set(places);
    const isClear = found.size === new Set(words).size && found.size >= least;
    if (found.has(-1) || !isClear) continue;
    return texts
      .map((text, i) => ({ text, place: places[i] ?? 0 }))
      .sort((a, b) => a.place - b.place)
      .map(({ text }) => text);
  }
  return null;
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
}
