import type {Pause} from '../adapters/pause.js'

const WOKEN = new Error('Woken.')

/** A pause between two requests that can be cut short. */
export class InterruptiblePause {
  readonly #pause: Pause
  #wake: (() => void) | undefined

  constructor(pause: Pause) {
    this.#pause = pause
  }

  /**
   * @returns whether it was cut short
   * @throws the signal's reason
   */
  async for(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted()
    // Not AbortSignal.any: signals derived from a long-lived one are kept as long as that.
    const one = new AbortController()
    const pass = (): void => one.abort(signal.reason)
    this.#wake = () => one.abort(WOKEN)
    signal.addEventListener('abort', pass, {once: true})
    try {
      await this.#pause(milliseconds, one.signal)
      return false
    } catch (error) {
      if (one.signal.reason === WOKEN) return true
      throw error
    } finally {
      this.#wake = undefined
      signal.removeEventListener('abort', pass)
    }
  }

  /** Ends the pause early, if one is in progress. */
  end(): void {
    this.#wake?.()
  }
}
