import {type Environment, valueOf} from '../domain/settings/environment.js'

/** Whether a terminal shows more than ASCII: a locale that is named and is not UTF-8 does not. */
export function isUnicode(env: Environment): boolean {
  const locale = valueOf(env, 'LC_ALL') ?? valueOf(env, 'LC_CTYPE') ?? valueOf(env, 'LANG')
  return locale === undefined || /utf-?8/i.test(locale)
}
