/** An instant as part of a file name: `2026-11-23T17-00-00-000Z`. */
export function instantForFileName(instant: Date): string {
  return instant.toISOString().replaceAll(/[:.]/g, '-')
}

/** An instant in a message, unambiguous in every time zone: `2026-11-23 17:00 UTC`. */
export function instantText(instant: Date): string {
  return `${instant.toISOString().slice(0, -8).replace('T', ' ')} UTC`
}

/** An instant in JSON. @returns `undefined` when it is invalid */
export function instantOf(value: unknown): Date | undefined {
  const instant = new Date(typeof value === 'string' ? value : NaN)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}
