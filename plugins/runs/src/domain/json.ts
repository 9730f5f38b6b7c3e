import {printable} from '@mogplex/plugin-kit'

/** What an answer is, where it is an object. */
export type Fields = Readonly<Record<string, unknown>>

export function asFields(value: unknown): Fields | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Fields) : undefined
}

/** The objects of a list; what else is in it is passed over. */
export function asList(value: unknown): Fields[] {
  const all: unknown[] = Array.isArray(value) ? value : []
  return all.map(asFields).filter((fields) => fields !== undefined)
}

/** A text that a terminal may see, on one line; empty for what is none. */
export function textOf(value: unknown, maxLength?: number): string {
  return typeof value === 'string' ? printable(value, maxLength) : ''
}

export function instantOf(value: unknown): Date | undefined {
  const instant = typeof value === 'string' ? new Date(value) : undefined
  return instant === undefined || Number.isNaN(instant.getTime()) ? undefined : instant
}
