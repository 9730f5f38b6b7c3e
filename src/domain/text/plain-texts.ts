import {withoutEscapeSequences} from './escape-sequences.js'
import {printableLines} from './printable.js'

/**
 * A value whose texts from outside cannot move a cursor; anything that is not JSON stays unchanged.
 */
export function withPlainTexts<T>(value: T): T
export function withPlainTexts(value: unknown): unknown {
  if (typeof value === 'string') return plain(value)
  if (Array.isArray(value)) return value.map((each: unknown): unknown => withPlainTexts(each))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [plain(name), withPlainTexts(member)]),
  )
}

function plain(text: string): string {
  return printableLines(withoutEscapeSequences(text))
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
