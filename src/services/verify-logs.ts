import type {LinePiece} from '../adapters/session-log/read-log.js'

/** By which means a secret was found: its value, its name, or its looks. */
type Means = 'name' | 'shape' | 'value'

interface VerifyPorts {
  readonly files: () => readonly {readonly name: string; readonly path: string}[]
  readonly linesOf: (path: string) => Iterable<LinePiece>
  /** Where secrets stand in a text, in bytes of UTF-8. */
  readonly find: (text: string) => readonly {readonly end: number; readonly kind: Means}[]
  /** Hears now and then how many characters were searched. */
  readonly onProgress?: (characters: number) => void
}

/** A line in which secrets stand; never what they are. */
export interface LeakyLine {
  readonly file: string
  /** From 1 on. */
  readonly line: number
  /** Of each that was found. */
  readonly kinds: readonly Means[]
}

export interface Verification {
  readonly files: number
  readonly characters: number
  /** How many secrets were found. */
  readonly found: number
  readonly lines: readonly LeakyLine[]
  /** Which files were searched. */
  readonly searched: readonly string[]
  /** Those beside `auth.json` that hold secrets as it does: what had to give way there. */
  readonly copies: readonly string[]
}

/** So many characters take about half a second. */
const STEP = 25_000_000

/** What `auth.json.refresh` holds went through the redactor, as all else did. */
const COPY = /^auth\.json\.(?!refresh$)/

/** Searches all of our files but `auth.json` for secrets, by all means. */
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
