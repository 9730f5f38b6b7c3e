import {styleText} from 'node:util'
import {type Environment, valueOf} from '../domain/settings/environment.js'

/** Emphasis, where the reader is a terminal that supports colour; plain text elsewhere. */
export interface Palette {
  strong(text: string): string
  faint(text: string): string
  good(text: string): string
  bad(text: string): string
  command(text: string): string
}

/** Whether text for this stream may be coloured (NO_COLOR, TERM=dumb, --no-color). */
export function wantsColour(
  stream: {isTTY?: boolean | undefined},
  env: Environment,
  argv: readonly string[],
): boolean {
  if (stream.isTTY !== true || argv.includes('--no-color')) return false
  return valueOf(env, 'NO_COLOR') === undefined && env.TERM !== 'dumb'
}

export function paletteFor(colour: boolean): Palette {
  // The stream was checked above; styleText would check standard output.
  const paint =
    (format: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      colour ? styleText(format, text, {validateStream: false}) : text
  return {
    strong: paint('bold'),
    faint: paint('dim'),
    good: paint('green'),
    bad: paint('red'),
    command: paint('cyan'),
  }
}
