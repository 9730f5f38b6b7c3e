// Signals on Windows: a process cannot send one to itself, and Ctrl+Break is an interrupt.
const BY_SIGNAL: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGBREAK: 130, // for the user the same as Ctrl+C
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
}

/**
 * The signals to listen to for the given ones.
 *
 * @param platform - as in `process.platform`
 */
export function signalsFor(
  names: readonly NodeJS.Signals[],
  platform: string,
): readonly NodeJS.Signals[] {
  const hasBreak = platform === 'win32' && names.includes('SIGINT')
  return hasBreak ? [...names, 'SIGBREAK'] : names
}

/** The exit code for a signal that a process cannot send to itself; `undefined` where it can. */
export function exitCodeBy(signal: NodeJS.Signals, platform: string): number | undefined {
  return platform === 'win32' ? (BY_SIGNAL[signal] ?? 1) : undefined
}
