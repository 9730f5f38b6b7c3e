import {expect} from 'chai'
import {
  formatLockOwner,
  livenessOf,
  type LockOwner,
  parseLockOwner,
} from '../../../../src/domain/files/lock-owner.js'

const OWNER: LockOwner = {
  pid: 4711,
  startTime: '99',
  bootId: 'boot-1',
  host: 'ada pid:[1]',
  nonce: '2b0f7a52-54f6-4b06-9f5d-000000000001',
  since: new Date('2026-11-23T16:00:00.000Z'),
}
const HERE = {host: OWNER.host, bootId: 'boot-1'}
const SEEN = {startTime: '99', ended: false}

describe('parseLockOwner', () => {
  it('survives a round trip', () => {
    expect(parseLockOwner(formatLockOwner(OWNER))).to.deep.equal(OWNER)
    const other = {...OWNER, startTime: null, bootId: null}
    expect(parseLockOwner(formatLockOwner(other))).to.deep.equal(other)
  })

  const broken: Readonly<Record<string, unknown>> = {
    'no JSON': '{"pid": 47',
    'no object': '[]',
    'without a pid': JSON.stringify({...OWNER, pid: undefined}),
    'with an invalid pid': JSON.stringify({...OWNER, pid: -1}),
    'without a host': JSON.stringify({...OWNER, host: undefined}),
    'with a nonce that is a path': JSON.stringify({...OWNER, nonce: '../../etc/passwd'}),
    'without an instant': JSON.stringify({...OWNER, since: 'today'}),
  }
  for (const [name, text] of Object.entries(broken)) {
    it(`finds no owner in ${name}`, () => {
      expect(parseLockOwner(String(text))).to.equal(undefined)
    })
  }
})

describe('livenessOf', () => {
  const cases = [
    ['alive', 'the process is there', {}, HERE, SEEN],
    ['dead', 'no process has its number', {}, HERE, undefined],
    ['dead', 'it ended and nobody has asked for it yet', {}, HERE, {...SEEN, ended: true}],
    ['dead', 'another process has its number now', {}, HERE, {...SEEN, startTime: '100'}],
    ['dead', 'the machine was started anew', {}, {...HERE, bootId: 'boot-2'}, SEEN],
    ['unknown', 'nobody knows since when it runs', {startTime: null}, HERE, SEEN],
    ['unknown', 'the system does not tell now', {}, HERE, {startTime: null, ended: false}],
    ['alive', 'no boot is known', {bootId: null}, HERE, SEEN],
    ['unknown', 'it is on another machine', {host: 'grace'}, HERE, undefined],
    ['unknown', 'another machine with another boot', {host: 'grace', bootId: 'b'}, HERE, SEEN],
    ['unknown', 'its container counts processes anew', {host: 'ada pid:[2]'}, HERE, SEEN],
  ] as const
  for (const [liveness, why, changes, here, seen] of cases) {
    it(`is ${liveness} when ${why}`, () => {
      expect(livenessOf({...OWNER, ...changes}, here, seen)).to.equal(liveness)
    })
  }
})
