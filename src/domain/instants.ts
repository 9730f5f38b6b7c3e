/** An instant as part of a file name: `2026-11-23T17-00-00-000Z`. */
export function instantForFileName(instant: Date): string {
  return instant.toISOString().replaceAll(/[:.]/g, '-')
}
