const ROUND = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const PLAIN = ['|', '/', '-', '\\']

/** How long one picture of a spinner stays. */
export const TURN_MS = 120

/** The picture of a spinner after so long. */
export function spinnerAt(elapsedMs: number, unicode: boolean): string {
  const frames = unicode ? ROUND : PLAIN
  return frames[Math.floor(elapsedMs / TURN_MS) % frames.length] ?? ''
}

/**
 * Draws turn by turn.
 *
 * @returns ends it
 */
export function everyTurn(draw: () => void): () => void {
  let isOver = false
  const timer = setInterval(() => {
    // Where the process was stopped meanwhile, the signal that it goes on is heard first: the screen
    // may be somebody else's by now.
    setImmediate(() => {
      if (!isOver) draw()
    })
  }, TURN_MS).unref()
  return () => {
    isOver = true
    clearInterval(timer)
  }
}
