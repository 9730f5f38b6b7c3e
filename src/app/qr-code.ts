// A QR code for a phone's camera. It stands only where it fits as a whole beside what has to be
// read with it; on anything but a terminal that can draw it, there is none.
import {styleText} from 'node:util'
import type {Environment} from '../domain/settings/environment.js'
import {isUnicode} from '../terminal/locale.js'
import {wantsColour} from '../terminal/palette.js'

interface Screen {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
}

/**
 * The lines of a QR code of a text; none where it would not fit.
 *
 * @param otherRows - how many rows must be left for what stands with it
 */
export type DrawQrCode = (text: string, otherRows: number) => string[]

/** How to draw a QR code on this screen; `undefined` where none can be drawn. */
export async function qrCodesOn(
  screen: Screen,
  env: Environment,
  argv: readonly string[],
): Promise<DrawQrCode | undefined> {
  const {columns = 0, rows = 0} = screen
  if (screen.isTTY !== true || env.TERM === 'dumb' || !isUnicode(env)) return undefined
  const {renderUnicodeCompact} = await import('uqr')
  // Light on dark whatever the terminal's colours are; without colour, a dark terminal is assumed.
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
