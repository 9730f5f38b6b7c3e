// A QR code for a phone's camera. Shown only where it fits completely together with its
// instructions, and only on a terminal that can draw it.
import {styleText} from 'node:util'
import type {Environment} from '../../domain/settings/environment.js'
import {isUnicode} from '../../terminal/locale.js'
import {wantsColour} from '../../terminal/palette.js'

interface Screen {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
}

/**
 * The lines of a QR code of a text; none where it would not fit.
 *
 * @param otherRows - the number of rows to leave for the other text
 */
export type DrawQrCode = (text: string, otherRows: number) => string[]

/** Returns the QR code renderer for this screen; `undefined` where none can be drawn. */
export async function qrCodesOn(
  screen: Screen,
  env: Environment,
  argv: readonly string[],
): Promise<DrawQrCode | undefined> {
  const {columns = 0, rows = 0} = screen
  if (screen.isTTY !== true || env.TERM === 'dumb' || !isUnicode(env)) return undefined
  const {renderUnicodeCompact} = await import('uqr')
  // Light on dark whatever the terminal's colours; without colour, a dark terminal is assumed.
  const colour = wantsColour(screen, env, argv)
  const paint = (line: string): string =>
    colour ? styleText(['whiteBright', 'bgBlack'], line, {validateStream: false}) : line
  return (text, otherRows) => {
    const lines = renderUnicodeCompact(text, {border: 2}).split('\n')
    const [{length: width} = {length: 0}] = lines
    const fits = width < columns && lines.length + otherRows < rows
    return fits ? lines.map(paint) : []
  }
}
