/** Says something to people: on standard error, also beside JSON. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
