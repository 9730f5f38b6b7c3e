import {PROVIDERS} from '../credential/provider-table.js'

const PREFIXES = [...PROVIDERS.flatMap(({keyPrefix}) => keyPrefix ?? []), 'sk-']
const KEY = new RegExp(`(?<![A-Za-z0-9])(?:${PREFIXES.join('|')})[A-Za-z0-9_-]{6,}`, 'g')

/** Text without what looks like a key: one that was given as an argument by mistake, say. */
export function withoutKeys(text: string): string {
  return text.replaceAll(KEY, '[redacted]')
}
