/** HTML entities that can hide something in a text. */
const ENTITIES: Readonly<Record<string, number>> = {
  amp: 0x26,
  apos: 0x27,
  gt: 0x3e,
  lt: 0x3c,
  nbsp: 0x20,
  quot: 0x22,
}
/** The maximum length, without `&` and `;`. */
export const LONGEST_ENTITY = 8

/** The character of a name, as between `&` and `;`. */
export function codeOfEntity(name: string): number | undefined {
  const entity = ENTITIES[name]
  if (entity !== undefined) return entity
  const number = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name)
  if (number === null) return undefined
  const [, hex = '', decimal = ''] = number
  const code = hex === '' ? Number(decimal) : parseInt(hex, 16)
  return code <= 0x10ffff ? code : undefined
}
