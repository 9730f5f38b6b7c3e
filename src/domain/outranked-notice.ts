import type {Resolution} from './precedence.js'

/** One line for people: which variable outranks the stored login, and how to end that. */
export function outrankedNotice({trace}: Resolution): string | undefined {
  const loser = trace.find(
    ({state, provider, source}) =>
      state === 'outranked' && provider === 'mogplex' && source.type === 'file',
  )
  if (loser?.by === undefined) return undefined
  const what = loser.for === 'account' ? 'your login' : 'your login for prompts'
  return `${loser.by} is set and outranks ${what}.  unset ${loser.by}`
}
