import {PROVIDERS} from './provider-table.js'

/** What the keys of a provider look like, where only they do: the redactor is told. */
export const KEY_FORMATS = PROVIDERS.flatMap(({keyPrefix: prefix}) =>
  prefix === undefined ? [] : [{prefix, least: 6, alphabet: 'word'} as const],
)
