import {asText} from './json.js'
import {printable} from './printable.js'

/**
 * Text from outside: what a server, a file or a plugin says, of which nothing is known. It becomes a
 * string only as `printable` makes it one, by every way: no secret and no control character of it
 * gets out because somebody forgot.
 */
export class OutsideText {
  readonly #raw: string

  constructor(raw: string) {
    this.#raw = raw
  }

  /** On one line, without secrets, unable to move a cursor or to hide a part of itself. */
  printable(): string {
    return printable(this.#raw)
  }

  /** Whether it came as this very text, but for the case of ASCII letters. */
  isIgnoringCase(text: string): boolean {
    return asciiLowerCase(this.#raw) === asciiLowerCase(text)
  }

  toString(): string {
    return this.printable()
  }

  toJSON(): string {
    return this.printable()
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.printable()
  }
}

/** A text that has something to show, or `undefined`. */
export function outsideText(value: unknown): OutsideText | undefined {
  const text = new OutsideText(asText(value) ?? '')
  return text.printable() === '' ? undefined : text
}

/** `toLowerCase` takes letters of other scripts for ASCII ones: the Kelvin sign for a `k`. */
function asciiLowerCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}
