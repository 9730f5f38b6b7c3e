import type {LinePiece} from '../adapters/session-log/read-log.js'

/** How a secret was found: by its value, its name, or its format. */
type Means = 'name' | 'shape' | 'value'

interface VerifyPorts {
  readonly files: () => readonly {readonly name: string; readonly path: string}[]
  readonly linesOf: (path: string) => Iterable<LinePiece>
  /** The positions of secrets in a text, in bytes of UTF-8. */
  readonly find: (text: string) => readonly {readonly end: number; readonly kind: Means}[]
  /** Reports progress in characters. */
  readonly onProgress?: (characters: number) => void
}

/** A line that contains secrets; never the secrets themselves. */
export interface LeakyLine {
  readonly file: string
  /** Starts at 1. */
  readonly line: number
  /** The position of each. */
  readonly kinds: readonly Means[]
}

export interface Verification {
  readonly files: number
  readonly characters: number
  /** How many secrets were found. */
  readonly found: number
  readonly lines: readonly LeakyLine[]
  /** The files that were searched. */
  readonly searched: readonly string[]
  /**
   * Files beside `auth.json` that contain secrets as it does: contents that were moved out of the
   * way.
   */
  readonly copies: readonly string[]
}

/** The number of characters that takes about half a second. */
const STEP = 25_000_000

/** The contents of `auth.json.refresh` were redacted like everything else. */
const COPY = /^auth\.json\.(?!refresh$)/

/** Searches all our files except `auth.json` for secrets, in every way. */
export function verifyLogs({files, linesOf, find, onProgress}: VerifyPorts): Verification {
  const all = files()
  const lines: LeakyLine[] = []
  let characters = 0
  let next = STEP
  for (const {name, path} of all) {
    for (const {line, text, toldBefore} of linesOf(path)) {
      characters += text.length - toldBefore
      const before = Buffer.byteLength(text.slice(0, toldBefore))
      const kinds = find(text).flatMap(({end, kind}) => (end > before ? [kind] : []))
      if (kinds.length > 0) lines.push({file: name, line, kinds})
      if (characters < next) continue
      onProgress?.(characters)
      next += STEP
    }
  }
  const copies = [...new Set(lines.map(({file}) => file))].filter((file) => COPY.test(file))
  const leaks = lines.filter(({file}) => !COPY.test(file))
  const found = leaks.reduce((sum, {kinds}) => sum + kinds.length, 0)
  const searched = all.map(({name}) => name)
  return {files: all.length, characters, found, lines: leaks, searched, copies}
}
