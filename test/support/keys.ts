const NAMED = {
  enter: '\r',
  'shift+enter': '\r', // a legacy terminal sends the same byte as for Enter
  'alt+enter': '\x1b\r',
  escape: '\x1b',
  tab: '\t',
  'shift+tab': '\x1b[Z',
  space: ' ',
  backspace: '\x7f',
  delete: '\x1b[3~',
  'page up': '\x1b[5~',
  'page down': '\x1b[6~',
} as const

const CURSOR = {up: 'A', down: 'B', right: 'C', left: 'D', home: 'H', end: 'F'} as const

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export type Key = keyof typeof NAMED | keyof typeof CURSOR | `ctrl+${string}`

/** The bytes that a terminal sends for a key (xterm's control sequences). */
export function bytesOf(key: Key, applicationCursorKeys = false): string {
  if (isNameOf(NAMED, key)) return NAMED[key]
  if (isNameOf(CURSOR, key)) return `\x1b${applicationCursorKeys ? 'O' : '['}${CURSOR[key]}`
  const index = LETTERS.indexOf(key.slice('ctrl+'.length))
  if (index < 0 || key.length !== 'ctrl+x'.length) throw new Error(`No such key: ${key}`)
  return String.fromCharCode(index + 1)
}

function isNameOf<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
  return Object.hasOwn(table, key)
}
