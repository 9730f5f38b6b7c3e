import {asText} from './json.js'
import {printable} from './printable.js'

/**
 * Untrusted text: from a server, a file or a plugin. It converts to a string only through
 * `printable`, in every way, so that no secret and no control character of it is printed by
 * mistake.
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

  /** Whether it equals this text, ignoring the case of ASCII letters. */
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

/** A text with something to show, or `undefined`. */
export function outsideText(value: unknown): OutsideText | undefined {
  const text = new OutsideText(asText(value) ?? '')
  return text.printable() === '' ? undefined : text
}

/** `toLowerCase` maps letters of other scripts to ASCII ones: the Kelvin sign to a `k`. */
function asciiLowerCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}
