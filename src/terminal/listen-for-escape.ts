const ESCAPE = '\x1b'
/** What arrow keys send begins with the same byte, and may come in pieces. */
const ALONE_MS = 60

/** Aborts a signal when the key Escape is pressed. Somebody else reads the terminal, too. */
export function listenForEscape(stdin: NodeJS.ReadStream): {
  readonly signal: AbortSignal
  release(): void
} {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const listen = (data: Uint8Array | string): void => {
    clearTimeout(timer)
    if (Buffer.from(data).toString('latin1') !== ESCAPE) return
    timer = setTimeout(() => {
      controller.abort()
    }, ALONE_MS)
  }
  stdin.on('data', listen)
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer)
      stdin.off('data', listen)
    },
  }
}
