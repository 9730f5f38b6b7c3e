import {accountWord, type Credential} from './credential.js'
import type {Resolution, TraceEntry} from './precedence.js'
import type {Provider} from './provider-table.js'
import {unsetting} from '../platform/shell.js'

/**
 * What a person should know before signing in or storing a key: a variable that will still outrank
 * it, and who is signed in now.
 *
 * @param type - what will be stored; `undefined` while that is undecided
 */
export function loginNotices(
  {trace}: Resolution,
  provider: Provider,
  type?: Credential['type'],
): string[] {
  const purpose = provider.id === 'mogplex' ? 'account' : 'model'
  const entries = trace.filter((entry) => entry.for === purpose && entry.provider === provider.id)
  const shell = entries.find((entry) => entry.source.type === 'env' && counts(entry))
  const file = entries.find((entry) => entry.source.type === 'file' && counts(entry))
  return [
    ...(shell === undefined ? [] : [variableText(shell, provider)]),
    ...(file?.credential === undefined || provider.id !== 'mogplex'
      ? []
      : [storedText(file.credential, shell !== undefined, type)]),
  ]
}

function counts({state}: TraceEntry): boolean {
  return state === 'used' || state === 'outranked' || state === 'malformed'
}

function variableText({why}: TraceEntry, {id, name, variable}: Provider): string {
  const loser = id === 'mogplex' ? 'every login' : `every stored ${name} key`
  const outranks =
    why === undefined ? ` and outranks ${loser}` : `, and ${why}. It outranks ${loser} all the same`
  return `${variable} is set${outranks}.  ${unsetting(variable)}`
}

function storedText(
  stored: Credential,
  isOutranked: boolean,
  type: Credential['type'] | undefined,
): string {
  const who = accountWord(stored.account) ?? 'an unnamed account'
  const kind = stored.type === 'oauth' ? 'login' : 'key'
  const subject = isOutranked ? `The stored ${kind} is of ${who}` : `You are signed in as ${who}`
  return `${subject}${stored.type === (type ?? 'oauth') ? `; another ${kind} replaces it` : ''}.`
}
