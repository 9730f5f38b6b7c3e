const ROUND = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const PLAIN = ['|', '/', '-', '\\']

/** How long one picture of a spinner stays. */
export const TURN_MS = 120

/** The picture of a spinner after so long. */
export function spinnerAt(elapsedMs: number, unicode: boolean): string {
  const frames = unicode ? ROUND : PLAIN
  return frames[Math.floor(elapsedMs / TURN_MS) % frames.length] ?? ''
}
