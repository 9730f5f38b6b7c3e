import {type Environment, valueOf} from '../domain/settings/environment.js'

const KNOWN_BY_NAME = new Set(['iTerm.app', 'WezTerm', 'ghostty', 'rio', 'Hyper'])
const KNOWN_BY_TERM = /kitty|alacritty|foot|ghostty|wezterm/
const KNOWN_BY_VARIABLE = ['WT_SESSION', 'KITTY_WINDOW_ID', 'KONSOLE_VERSION', 'DOMTERM']
const FIRST_VTE = 5000
const FIRST_TMUX = 3.4
const FIRST_VSCODE = 1.72

/** Whether a terminal supports links (OSC 8); others may show the bytes. */
export function knowsHyperlinks(env: Environment): boolean {
  const forced = valueOf(env, 'FORCE_HYPERLINK')
  if (forced !== undefined) return forced !== '0'
  const version = parseFloat(env.TERM_PROGRAM_VERSION ?? '')
  if (env.TMUX !== undefined) return env.TERM_PROGRAM === 'tmux' && version >= FIRST_TMUX
  if (env.STY !== undefined) return false
  if (env.TERM_PROGRAM === 'vscode') return version >= FIRST_VSCODE
  return (
    KNOWN_BY_NAME.has(env.TERM_PROGRAM ?? '') ||
    KNOWN_BY_TERM.test(env.TERM ?? '') ||
    KNOWN_BY_VARIABLE.some((name) => valueOf(env, name) !== undefined) ||
    Number(env.VTE_VERSION) >= FIRST_VTE
  )
}

/**
 * An address as one link, across any number of rows (OSC 8), in pieces to be written one by one.
 */
export function hyperlink(address: string): string[] {
  return ['\x1b]8;id=mogplex;', address, '\x1b\\', address, '\x1b]8;;\x1b\\']
}

/** Copies a text to the clipboard of the terminal's user (OSC 52), in such pieces. */
export function toClipboard(text: string): string[] {
  return ['\x1b]52;c;', Buffer.from(text).toString('base64'), '\x07']
}
