import {tildeFolder} from '../domain/platform/shell.js'
import type {Environment} from '../domain/settings/environment.js'
import type {DisplayOptions} from './identity-text.js'
import {paletteFor, wantsColour} from '../terminal/palette.js'

/** How results are shown on standard output. */
export function displayFor(
  stream: {isTTY?: boolean | undefined},
  env: Environment,
  argv: readonly string[],
): DisplayOptions {
  return {
    palette: paletteFor(wantsColour(stream, env, argv)),
    homeFolder: tildeFolder(env),
    now: new Date(),
  }
}
