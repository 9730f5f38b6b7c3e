import {listenTo} from './signals.js'

// Not every shell sends SIGCONT to a process that was never stopped.
const LOOK_MS = 1000

/**
 * Waits for the foreground: in the background the kernel stops a process that reads the terminal or
 * sets its mode.
 *
 * @returns a function that ends the wait
 */
export function waitForForeground(isInForeground: () => boolean, goOn: () => void): () => void {
  const end = (): void => {
    clearInterval(timer)
    release()
  }
  const look = (): void => {
    if (!isInForeground()) return
    end()
    goOn()
  }
  const timer = setInterval(look, LOOK_MS).unref()
  const release = listenTo(['SIGCONT'], look)
  return end
}
