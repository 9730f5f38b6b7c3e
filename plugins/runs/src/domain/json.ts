import {printable} from '@mogplex/plugin-kit'

/** An answer as an object, if it is one. */
export type Fields = Readonly<Record<string, unknown>>

export function asFields(value: unknown): Fields | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Fields) : undefined
}

/** The objects of a list; other entries are skipped. */
export function asList(value: unknown): Fields[] {
  const all: unknown[] = Array.isArray(value) ? value : []
  return all.map(asFields).filter((fields) => fields !== undefined)
}

/** A text that is safe for a terminal, on one line; empty if it is not a text. */
export function textOf(value: unknown, maxLength?: number): string {
  return typeof value === 'string' ? printable(value, maxLength) : ''
}

export function instantOf(value: unknown): Date | undefined {
  const instant = typeof value === 'string' ? new Date(value) : undefined
  return instant === undefined || Number.isNaN(instant.getTime()) ? undefined : instant
}
