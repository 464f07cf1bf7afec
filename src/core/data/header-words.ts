/**
 * The words of a column's name in lower case, without accents: `customerId`, `Customer-ID` and `customer_id` are
 * `customer`, `id`.
 */
export function mainWords(name: string): readonly string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/[łŁ]/g, 'l')
    .replaceAll(/[øØ]/g, 'o')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '');
}

/** The words joined, for names of several: `first_name` and `firstName` are `first name`, `phone2` is `phone 2`. */
export function headerText(name: string): string {
  return mainWords(name)
    .map((word) => word.replace(/^(\p{L}{3,})(\d+)$/u, '$1 $2'))
    .join(' ');
}
