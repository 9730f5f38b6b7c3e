import {type Environment, valueOf} from '../domain/settings/environment.js'

/** The characters that we draw with, and their ASCII replacements of the same width. */
// prettier-ignore
const ASCII: Readonly<Record<string, string>> = {
  '…': '~', '·': '-', '•': '-', '─': '-', '›': '>', '❯': '>', '✔': '*',
  '↑': '^', '↓': 'v', '→': '>', '●': '*', '▸': '>', '◂': '<', '■': '!', '✗': 'x', '✓': '+',
}
const DRAWN = new RegExp(`[${Object.keys(ASCII).join('')}]`, 'gu')

/** Variables of terminals on Windows that show more than the old console does. */
const SET_BY_MODERN = ['WT_SESSION', 'TERM_PROGRAM', 'TERMINAL_EMULATOR', 'CONEMUANSI']
const MODERN = /^(alacritty|rxvt|screen|tmux|xterm)/

/**
 * Whether a terminal shows more than ASCII: not where the locale is something other than UTF-8.
 * Windows sets no locale, and the fonts of its old console lack half of what we draw, whatever its
 * code page: there, only terminals that are known to.
 *
 * @param platform - as in `process.platform`
 */
export function isUnicode(env: Environment, platform: string = process.platform): boolean {
  const locale = valueOf(env, 'LC_ALL') ?? valueOf(env, 'LC_CTYPE') ?? valueOf(env, 'LANG')
  if (locale !== undefined) return /utf-?8/i.test(locale)
  if (platform !== 'win32' || MODERN.test(env.TERM ?? '')) return true
  return SET_BY_MODERN.some((name) => valueOf(env, name) !== undefined)
}

/** A text without our characters that the terminal cannot show. */
export function showable(
  text: string,
  env: Environment = process.env,
  platform: string = process.platform,
): string {
  if (isUnicode(env, platform)) return text
  return text.replaceAll(' …', ' ...').replaceAll(DRAWN, (mark) => ASCII[mark] ?? mark)
}
