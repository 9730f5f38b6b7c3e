import {providerName} from '../credential/provider-table.js'
import {unusedLogin} from '../credential/gate.js'
import {sourceName} from '../credential/candidates.js'
import type {Purpose, Resolution, TraceEntry} from '../credential/precedence.js'
import {unsetting} from '../platform/shell.js'
import {accountWord, type Credential} from '../credential/credential.js'
import {instantText} from '../text/instants.js'
import {MalformedVariableError} from '../errors/authentication.js'
import {fine, type Finding, troubleFinding, wrong} from './finding.js'

/**
 * Who is signed in, and by what.
 *
 * @param login - the command that signs in here
 */
export function accountFinding(resolution: Resolution, login: string): Finding {
  const {account, trace} = resolution
  if (account.kind === 'credential') return fine('account', signedInBy(account.credential))
  if (account.kind === 'malformed') {
    return troubleFinding('account', new MalformedVariableError(account.variable, account.why))
  }
  const ended = trace.find(({for: purpose, state}) => purpose === 'account' && state === 'rejected')
  if (ended?.credential?.type === 'oauth' && ended.credential.rejected !== undefined) {
    // Does not quote the server's text.
    const when = instantText(ended.credential.rejected.at)
    return wrong('account', `the server ended the login at ${when}`, login)
  }
  const unused = unusedLogin(resolution)
  if (unused !== undefined) return troubleFinding('account', unused)
  const isEmpty = trace.some(({for: purpose, state}) => purpose === 'account' && state === 'empty')
  const what = isEmpty
    ? 'nobody is signed in: MOGPLEX_API_KEY is set, and empty'
    : 'nobody is signed in'
  return wrong(
    'account',
    what,
    isEmpty ? `Set MOGPLEX_API_KEY to a key, or run \`${login}\`.` : login,
  )
}

/** Outranked stored credentials, and variables that hold no key. */
export function rankFindings({account, trace}: Resolution): Finding[] {
  const outranked = trace.filter(
    ({state, source, by}) =>
      state === 'outranked' && source.type === 'file' && isVariable(by, trace),
  )
  const pairs = new Map<string, TraceEntry[]>()
  for (const entry of outranked) {
    const pair = `${entry.by ?? ''} ${sourceName(entry.provider, entry.source)}`
    pairs.set(pair, [...(pairs.get(pair) ?? []), entry])
  }
  const malformed = trace.filter(
    ({state, source, for: purpose}) =>
      state === 'malformed' &&
      source.type === 'env' &&
      purpose === 'model' &&
      !(account.kind === 'malformed' && account.variable === source.variable),
  )
  const others = trace.find(
    ({state, source, for: purpose}) =>
      state === 'elsewhere' &&
      source.type === 'file' &&
      source.member !== undefined &&
      purpose === 'account',
  )
  return [
    ...(others === undefined
      ? []
      : [
          wrong(
            'rank',
            `the key ${sourceName(others.provider, others.source)} is not used: ${others.why ?? ''}`,
            'mogplex login --with-api-key',
          ),
        ]),
    ...[...pairs.values()].map(outrankedFinding),
    ...malformed.flatMap(({source, why = ''}) =>
      source.type === 'env'
        ? [wrong('rank', `${source.variable} is set, and ${why}`, unsetting(source.variable))]
        : [],
    ),
  ]
}

/** A malformed variable is reported as malformed instead. */
function isVariable(name: string | undefined, trace: readonly TraceEntry[]): boolean {
  return trace.some(
    ({source, state}) => source.type === 'env' && source.variable === name && state === 'used',
  )
}

function outrankedFinding(entries: readonly TraceEntry[]): Finding {
  const [{by = '', provider, source, credential} = NO_ENTRY] = entries
  const what = credential?.type === 'oauth' ? 'the login' : `the ${providerName(provider)} key`
  const purposes = entries.map((entry) => PURPOSES[entry.for])
  const where = source.type === 'file' ? source.path : ''
  return wrong(
    'rank',
    `${by} is set and outranks ${what} in ${where}, for ${purposes.join(' and ')}`,
    unsetting(by),
  )
}

const PURPOSES: Readonly<Record<Purpose, string>> = {account: 'the account', model: 'prompts'}
const NO_ENTRY: TraceEntry = {
  source: {type: 'file', path: ''},
  provider: 'mogplex',
  for: 'account',
  state: 'outranked',
}

function signedInBy(credential: Credential): string {
  const {source, account, type} = credential
  if (source.type === 'env') return `signed in by ${source.variable}`
  const who = accountWord(account)
  const end =
    credential.type === 'oauth' && credential.refreshToken === undefined && credential.expiresAt
  const until = end ? `, which cannot be renewed and ends at ${instantText(end)}` : ''
  return `signed in${who === undefined ? '' : ` as ${who}`} by the ${type === 'oauth' ? 'login' : 'key'} in ${source.path}${until}`
}
