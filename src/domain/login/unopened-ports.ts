/** A port on which the callback server could not listen. */
export interface UnopenedPort {
  readonly port: number
  /** The system's error code, such as `EADDRINUSE`. */
  readonly code: string
}

/** Which ports failed, and why: `ports 24816 and 24818 are in use`. */
export function unopenedText(unopened: readonly UnopenedPort[]): string {
  const byCode = new Map<string, number[]>()
  for (const {port, code} of unopened) byCode.set(code, [...(byCode.get(code) ?? []), port])
  return [...byCode].map(([code, ports]) => clause(code, ports)).join(', ')
}

function clause(code: string, ports: readonly number[]): string {
  const isOne = ports.length === 1
  const which = `${isOne ? 'port' : 'ports'} ${ports.join(', ').replace(/, (\d+)$/, ' and $1')}`
  if (code === 'EADDRINUSE') return `${which} ${isOne ? 'is' : 'are'} in use`
  // Windows reserves ranges, for Hyper-V among others; elsewhere, ports below 1024 need root.
  if (code === 'EACCES') return `${which} ${isOne ? 'is' : 'are'} reserved by the system`
  return `${which} cannot be listened on (${code})`
}
