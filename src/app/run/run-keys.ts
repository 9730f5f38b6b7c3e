const TWICE_MS = 1500

export interface RunKeys {
  readonly detach: () => void
  readonly cancel: () => void
  /** Says something for a moment; `undefined`: no more. */
  readonly say: (text: string | undefined) => void
  /** The process was stopped and goes on. */
  readonly redraw: () => void
}

/**
 * What a person does while they watch: Ctrl+C says how to leave, and once more within 1500 ms
 * leaves; `c`, then `y`, cancels the run. Elsewhere than at a terminal a signal leaves at once.
 *
 * @param stdin - in raw mode, so that keys come one by one; `undefined`: only signals come
 * @returns a function that puts everything back as it was
 */
export function listenForRunKeys(
  stdin: NodeJS.ReadStream | undefined,
  isPatient: boolean,
  keys: RunKeys,
): () => void {
  let last = -Infinity
  let asks = false
  let timer: NodeJS.Timeout | undefined
  const sayFor = (text: string, milliseconds: number): void => {
    clearTimeout(timer)
    keys.say(text)
    timer = setTimeout(() => {
      asks = false
      keys.say(undefined)
    }, milliseconds)
  }
  const interrupt = (): void => {
    const now = performance.now()
    if (!isPatient || now - last <= TWICE_MS) {
      keys.detach()
      return
    }
    last = now
    sayFor('Ctrl+C again leaves; the run goes on.', TWICE_MS)
  }
  const onKey = (key: string): void => {
    if (key === '\u0003') interrupt()
    else if (key === '\u001A') suspend()
    else if (asks && (key === 'y' || key === 'Y')) {
      sayFor('Asking the run to stop …', 10_000)
      asks = false
      keys.cancel()
    } else if (!asks && (key === 'c' || key === 'C')) {
      sayFor('Cancel this run? y/n', 15_000)
      asks = true
    } else if (asks) {
      clearTimeout(timer)
      asks = false
      keys.say(undefined)
    }
  }
  const onData = (chunk: Buffer | string): void => {
    for (const key of chunk.toString()) onKey(key)
  }
  const raw = (on: boolean): void => {
    if (stdin?.isTTY === true) stdin.setRawMode(on)
  }
  const suspend = (): void => {
    raw(false)
    process.once('SIGCONT', () => {
      raw(true)
      keys.redraw()
    })
    process.kill(process.pid, 'SIGTSTP')
  }
  const leave = (): void => {
    keys.detach()
  }
  const calm = (): void => {
    raw(false)
  }

  raw(true)
  stdin?.on('data', onData)
  stdin?.resume()
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', leave)
  process.on('SIGHUP', leave)
  process.once('exit', calm)
  return () => {
    clearTimeout(timer)
    stdin?.off('data', onData)
    stdin?.pause()
    calm()
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', leave)
    process.off('SIGHUP', leave)
    process.off('exit', calm)
  }
}
