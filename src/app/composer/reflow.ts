import type {Environment} from '../../domain/environment.js'

/** What a terminal does with what is on the screen when its window gets narrower. */
export interface Reflow {
  /** Rows that are too wide now are broken in two. */
  readonly rows: boolean
  /** So is the one that the cursor stands on. */
  readonly cursorRow: boolean
}

/** Nearly all break rows; xterm and GNU screen cut them off, xterm.js spares that of the cursor. */
export function reflowOf(env: Environment): Reflow {
  const isXterm = env.XTERM_VERSION !== undefined
  const isScreen = env.STY !== undefined && env.TMUX === undefined
  const rows = !isXterm && !isScreen
  return {rows, cursorRow: rows && env.TERM_PROGRAM !== 'vscode'}
}
