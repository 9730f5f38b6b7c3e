/** Prints a message for people: on standard error, also with JSON. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
