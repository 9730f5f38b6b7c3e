import {PROVIDERS, type Provider} from './provider-table.js'

const ONE_PRINTABLE_WORD = /^[\u0021-\u007E]+$/

/**
 * Says why a value cannot be a key of this provider, in words that follow "… is set, and", without
 * the value; `undefined` when it can be one. Own prefixes are not insisted on: providers change
 * them.
 *
 * @param value - trimmed, not empty
 */
export function whyNoKey(provider: Provider, value: string): string | undefined {
  if (!ONE_PRINTABLE_WORD.test(value)) {
    return 'it cannot be a key: a blank, a control character or a letter outside ASCII is in it'
  }
  const owner = PROVIDERS.find(
    ({id, keyPrefix}) =>
      id !== provider.id && keyPrefix !== undefined && value.startsWith(keyPrefix),
  )
  return owner && `it holds a key of ${owner.name}, not of ${provider.name}`
}
