interface Terminal {
  stdin: {isTTY?: boolean | undefined}
  stderr: {isTTY?: boolean | undefined}
  env: Readonly<Record<string, string | undefined>>
}

const OFF = new Set(['', '0', 'false'])

/** Whether a person is there to be asked: both ends are terminals and this is no CI job. */
export function isInteractive({stdin, stderr, env}: Terminal): boolean {
  const ci = !OFF.has((env.CI ?? '').trim().toLowerCase())
  return stdin.isTTY === true && stderr.isTTY === true && !ci
}
