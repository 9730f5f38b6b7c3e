interface Terminal {
  stdin: {isTTY?: boolean | undefined}
  stderr: {isTTY?: boolean | undefined}
  env: Readonly<Record<string, string | undefined>>
}

const OFF = new Set(['', '0', 'false'])

/** Whether a person can be asked: both ends are terminals and this is not a CI job. */
export function isInteractive(terminal: Terminal): boolean {
  const isCi = !OFF.has((terminal.env.CI ?? '').trim().toLowerCase())
  // stdin comes last: accessing it creates a stream.
  return !isCi && terminal.stderr.isTTY === true && terminal.stdin.isTTY === true
}
