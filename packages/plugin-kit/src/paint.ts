import {styleText} from 'node:util'

/** The meaning of a text, for its reader: the CLI has one colour for each. */
export type Tone = 'active' | 'bad' | 'faint' | 'good' | 'strong'

const FORMATS = {
  active: 'cyan',
  bad: 'red',
  faint: 'dim',
  good: 'green',
  strong: 'bold',
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>

/**
 * A text in the colour of its tone, where standard output supports colours: it is a terminal, and
 * neither `NO_COLOR` nor `--no-color` is set.
 *
 * @param color - for another output, such as the composer by a slash command
 */
export function paint(
  text: string,
  tone: Tone,
  {color = wantsColor()}: {readonly color?: boolean | undefined} = {},
): string {
  return color && text !== '' ? styleText(FORMATS[tone], text, {validateStream: false}) : text
}

/** Whether standard output supports colours. */
export function wantsColor(): boolean {
  const {stdout, env, argv} = process
  if ((stdout as {isTTY?: boolean}).isTTY !== true || argv.includes('--no-color')) return false
  return (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb'
}
