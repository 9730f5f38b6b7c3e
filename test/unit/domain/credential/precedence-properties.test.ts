import {expect} from 'chai'
import type {Environment} from '../../../../src/domain/settings/environment.js'
import {
  type Purpose,
  type Resolution,
  resolveCredentials,
} from '../../../../src/domain/credential/precedence.js'
import {PROVIDERS} from '../../../../src/domain/credential/provider-table.js'
import type {StoredEntry} from '../../../../src/domain/auth-file/stored-entries.js'
import {AUTH_PATH, foreign, ISSUER, makeKey, OVER} from '../../../support/make-credential.js'
import {makeLogin, NOW, serverAt, stored} from '../../../support/make-credential.js'

const ROUNDS = 1000
const GOOD = 'a-key'
const VALUES = [
  undefined,
  undefined,
  '',
  ' \t',
  GOOD,
  GOOD,
  'a b',
  '\u0000',
  '\uD800',
  'mog_x',
  'gsk_x',
]
const LOGINS = [
  [],
  [foreign('mogplex')],
  stored(makeLogin()),
  stored(makeLogin(OVER)),
  stored(makeLogin({rejected: {at: NOW, why: 'x'}})),
  stored(makeLogin({issuer: 'https://other.example.com'})),
]

/** The same numbers in every run (mulberry32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

function randomSources(random: (below: number) => number): {env: Environment; file: StoredEntry[]} {
  const names = ['PATH', 'HOME', ...PROVIDERS.map(({variable}) => variable)]
  const env = Object.fromEntries(names.map((name) => [name, VALUES[random(VALUES.length)]]))
  const keys = PROVIDERS.slice(1).flatMap(({id}) => {
    const which = random(4)
    if (which === 0) return stored(makeKey(id))
    return which === 1 ? [foreign(id)] : []
  })
  return {env, file: [...(LOGINS[random(LOGINS.length)] ?? []), ...keys]}
}

function resolved(env: Environment, entries: readonly StoredEntry[]): Resolution {
  return resolveCredentials({
    env,
    stored: entries,
    path: AUTH_PATH,
    server: serverAt(ISSUER),
    now: NOW,
  })
}

function countUsed({trace}: Resolution, purpose: Purpose): number {
  return trace.filter((entry) => entry.for === purpose && entry.state === 'used').length
}

/**
 * An independent definition, without ranks: the first variable that is not blank, or none of them.
 */
function firstVariable(env: Environment): string | undefined {
  return PROVIDERS.map(({variable}) => variable).find((name) => (env[name] ?? '').trim() !== '')
}

describe('resolveCredentials, with any variables and entries', () => {
  const random = numbersFrom(20_261_123)
  const rounds = Array.from({length: ROUNDS}, () => randomSources(random))

  it('never throws, and does not depend on the order of the variables and entries', () => {
    for (const {env, file} of rounds) {
      const turned = Object.fromEntries(Object.entries(env).reverse())
      const again = resolved(turned, file.toReversed())
      expect(JSON.stringify(resolved(env, file))).to.equal(JSON.stringify(again))
    }
  })

  it('uses exactly one source per purpose, or a malformed one in its place, or none', () => {
    for (const {env, file} of rounds) {
      const resolution = resolved(env, file)
      for (const purpose of ['account', 'model'] as const) {
        const {kind} = resolution[purpose]
        expect(countUsed(resolution, purpose)).to.equal(kind === 'credential' ? 1 : 0)
        if (kind !== 'none') continue
        const open = resolution.trace.filter(
          (entry) => entry.for === purpose && /used|outranked|malformed/.test(entry.state),
        )
        expect(open).to.deep.equal([])
      }
    }
  })

  it('always answers with the first variable that is not blank', () => {
    for (const {env, file} of rounds) {
      const {model} = resolved(env, file)
      const {source} = model.kind === 'credential' ? model.credential : {}
      const answered = source?.type === 'env' ? source.variable : undefined
      const named = model.kind === 'malformed' ? model.variable : answered
      expect(named).to.equal(firstVariable(env))
    }
  })

  it('names for every outranked source the one that outranks it, which is the one in use', () => {
    for (const {env, file} of rounds) {
      const {trace} = resolved(env, file)
      for (const loser of trace.filter(({state}) => state === 'outranked')) {
        const winner = trace.find(
          (entry) => entry.for === loser.for && /used|malformed/.test(entry.state),
        )
        const name = winner?.source.type === 'env' ? winner.source.variable : winner?.provider
        expect(loser.by?.replace(' in auth.json', '')).to.equal(name)
        expect(trace.indexOf(loser)).to.be.greaterThan(
          winner === undefined ? -1 : trace.indexOf(winner),
        )
      }
    }
  })
})
