import {
  asPayer,
  type Candidate,
  fromFile,
  fromShell,
  keyBeside,
  mogplexIn,
  sourceName,
  type Sources,
  type SourceState,
  withAddress,
} from './candidates.js'
import type {Credential} from './credential.js'
import {PROVIDERS} from './provider-table.js'

/** Two questions: who the user is at Mogplex, and which credential pays for prompts. */
export type Purpose = 'account' | 'model'

/** One source, checked for one purpose. */
export interface TraceEntry extends Omit<Candidate, 'state'> {
  readonly for: Purpose
  readonly state: SourceState
}

/** The answer to one question. */
export type Answer =
  | {readonly kind: 'credential'; readonly credential: Credential}
  | {
      readonly kind: 'malformed'
      readonly variable: string
      readonly why: string
      /** A key that is known to belong to a different account than the profile's. */
      readonly isOthers?: true
    }
  | {readonly kind: 'none'}

export interface Resolution {
  readonly account: Answer
  readonly model: Answer
  /** Every source checked, in order: first those for the account, then those for prompts. */
  readonly trace: readonly TraceEntry[]
}

/**
 * Decides which credential speaks for the account, which one pays for prompts, and why. The shell
 * outranks the file. A variable that is not blank wins even when it cannot be a key: then commands
 * that need it fail, and never fall back to the next source.
 */
export function resolveCredentials(sources: Sources): Resolution {
  const shell = PROVIDERS.map((provider) => fromShell(provider, sources))
  const ours = shell.find(({provider}) => provider === 'mogplex')
  const others = PROVIDERS.filter(({id}) => id !== 'mogplex').map(({id}) => fromFile(id, sources))
  const main = mogplexIn('mogplex', sources)
  const key = keyBeside(main, sources)
  const account = rank('account', [
    ...(ours === undefined ? [] : [ours]),
    ...(key === undefined ? [main] : [main, behind(key, main)]),
  ])
  // The user chose a key to pay: it comes before a login.
  const isLogin = main.credential?.type === 'oauth'
  const payer = asPayer(main)
  const ofMogplex = key === undefined ? [payer] : isLogin ? [key, payer] : [payer, key]
  const model = rank(
    'model',
    [...shell, ...ofMogplex, ...others].map((found) => withAddress(found, sources.env)),
  )
  return {account: account.answer, model: model.answer, trace: [...account.trace, ...model.trace]}
}

/** A variable that is set and unusable: no lower source replaces it. */
export function isInTheWay({
  state,
  source,
}: Pick<Candidate | TraceEntry, 'source' | 'state'>): boolean {
  return state === 'malformed' || (state === 'elsewhere' && source.type === 'env')
}

/** An expired login does not fall through: the account must not change silently. */
function behind(key: Candidate, main: Candidate): Candidate {
  const isOver = main.state === 'rejected' || main.state === 'expired'
  if (!isOver || key.state !== 'usable') return key
  return {...key, state: 'outranked', by: sourceName(main.provider, main.source)}
}

function rank(
  purpose: Purpose,
  candidates: readonly Candidate[],
): {answer: Answer; trace: TraceEntry[]} {
  const winner = candidates.find((each) => each.state === 'usable' || isInTheWay(each))
  const trace = candidates.map((candidate): TraceEntry => {
    const {state, ...rest} = candidate
    if (state !== 'usable') return {...rest, state, for: purpose}
    if (candidate === winner) return {...rest, state: 'used', for: purpose}
    const by = winner && sourceName(winner.provider, winner.source)
    return {...rest, state: 'outranked', for: purpose, ...(by !== undefined && {by})}
  })
  return {answer: answerOf(winner), trace}
}

function answerOf(winner: Candidate | undefined): Answer {
  if (winner === undefined) return {kind: 'none'}
  const {state, source, credential, why = ''} = winner
  if (state === 'usable' && credential !== undefined) return {kind: 'credential', credential}
  if (source.type !== 'env') return {kind: 'none'}
  const isOthers = state === 'elsewhere' && ({isOthers: true} as const)
  return {kind: 'malformed', variable: source.variable, why, ...isOthers}
}
