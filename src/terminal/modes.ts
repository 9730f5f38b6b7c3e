import type {Environment} from '../domain/settings/environment.js'

const PASTE = {on: '\x1b[?2004h', off: '\x1b[?2004l'}
// Kitty's protocol, and xterm's modifyOtherKeys: with either, Shift+Enter is not Enter.
const KEYS = {on: '\x1b[>1u\x1b[>4;1m', off: '\x1b[<u\x1b[>4;0m'}
const AS_USUAL = '\x1b[?7h\x1b[?25h'

/** The sequences that request more than plain keys from a terminal, and those that restore it. */
export function modesFor(env: Environment): {readonly on: string; readonly off: string} {
  // These two misinterpret the sequences.
  const isOld = env.TERM === 'linux' || env.TERM_PROGRAM === 'Apple_Terminal'
  const keys = isOld ? {on: '', off: ''} : KEYS
  return {on: PASTE.on + keys.on, off: keys.off + PASTE.off + AS_USUAL}
}
