import {withEscapes} from './printable.js'

/** A value as JSON on one line, in which nothing can move a cursor or hide part of the line. */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined
  return withEscapes(json ?? 'null')
}
