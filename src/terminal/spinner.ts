const ROUND = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const PLAIN = ['|', '/', '-', '\\']

/** The duration of one frame of a spinner. */
export const TURN_MS = 120

/** The frame of a spinner after a given time. */
export function spinnerAt(elapsedMs: number, unicode: boolean): string {
  const frames = unicode ? ROUND : PLAIN
  return frames[Math.floor(elapsedMs / TURN_MS) % frames.length] ?? ''
}

/**
 * Draws frame by frame.
 *
 * @returns a function that ends it
 */
export function everyTurn(draw: () => void): () => void {
  let isOver = false
  const timer = setInterval(() => {
    // After a stop of the process, its SIGCONT is handled first: other output may be on the screen
    // by now.
    setImmediate(() => {
      if (!isOver) draw()
    })
  }, TURN_MS).unref()
  return () => {
    isOver = true
    clearInterval(timer)
  }
}
