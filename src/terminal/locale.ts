import {type Environment, valueOf} from '../domain/settings/environment.js'

/** What we draw with, and what stands for it in ASCII: as wide. */
// prettier-ignore
const ASCII: Readonly<Record<string, string>> = {
  '…': '~', '·': '-', '•': '-', '─': '-', '›': '>', '❯': '>', '✔': '*',
  '↑': '^', '↓': 'v', '→': '>', '●': '*', '▸': '>', '◂': '<', '■': '!', '✗': 'x', '✓': '+',
}
const DRAWN = new RegExp(`[${Object.keys(ASCII).join('')}]`, 'gu')

/** Whether a terminal shows more than ASCII: a locale that is named and is not UTF-8 does not. */
export function isUnicode(env: Environment): boolean {
  const locale = valueOf(env, 'LC_ALL') ?? valueOf(env, 'LC_CTYPE') ?? valueOf(env, 'LANG')
  return locale === undefined || /utf-?8/i.test(locale)
}

/** A text with nothing of ours in it that the terminal cannot show. */
export function showable(text: string, env: Environment = process.env): string {
  if (isUnicode(env)) return text
  return text.replaceAll(' …', ' ...').replaceAll(DRAWN, (mark) => ASCII[mark] ?? mark)
}
