import {KEY_BESIDE_LOGIN} from './credential.js'
import {sourceName} from './candidates.js'
import type {Resolution, TraceEntry} from './precedence.js'
import {type ProviderId, providerName} from './provider-table.js'
import {remedyFor} from './remedies.js'

const BESIDE = `${KEY_BESIDE_LOGIN} in auth.json`

/** One line for people: what outranks a stored credential, and how to change that. */
export function outrankedNotice(
  {trace}: Resolution,
  provider: ProviderId = 'mogplex',
): string | undefined {
  const loser = trace.find(
    (entry) =>
      entry.state === 'outranked' &&
      entry.provider === provider &&
      entry.source.type === 'file' &&
      entry.source.member === undefined &&
      entry.by !== BESIDE, // a login and the key beside it belong to one person
  )
  if (loser === undefined) return undefined
  const winner = trace.find(
    (entry) => entry.for === loser.for && sourceName(entry.provider, entry.source) === loser.by,
  )
  const remedy = remedyFor(loser)
  return `${winnerText(winner)} outranks ${loserText(loser)}.${remedy === undefined ? '' : `  ${remedy}`}`
}

function winnerText(winner: TraceEntry | undefined): string {
  if (winner === undefined) return 'Something else'
  const {source, provider} = winner
  if (source.type === 'env') return `${source.variable} is set and`
  return provider === 'mogplex' ? 'Your login' : `Your stored ${providerName(provider)} key`
}

function loserText({provider, for: purpose}: TraceEntry): string {
  const what = provider === 'mogplex' ? 'your login' : `your stored ${providerName(provider)} key`
  return purpose === 'account' ? what : `${what} for prompts`
}
