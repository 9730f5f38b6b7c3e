import {expect} from 'chai'
import {
  answered,
  type Claim,
  claimed,
  lost,
  parseStarts,
  startsAsJson,
} from '../../src/domain/pending-starts.js'

const NOW = new Date('2026-08-01T10:00:00Z')

function claim(newKey: string, changes: Partial<Claim> = {}): Claim {
  return {
    request: 'mend',
    newKey,
    now: NOW,
    host: 'here',
    pid: 7,
    isAlive: () => false,
    ...changes,
  }
}

const later = (minutes: number): {now: Date} => ({now: new Date(NOW.getTime() + minutes * 60_000)})

describe('starts without an answer', () => {
  const first = claimed([], claim('k1'))

  it('give their key to a repeat of the request after their process was killed', () => {
    expect(first).to.include({key: 'k1', isRepeated: false})
    const again = claimed(first.starts, claim('k2', {pid: 8}))
    expect(again).to.include({key: 'k1', isRepeated: true})
    expect(again.starts).to.have.length(1)
    const third = claimed(again.starts, claim('k3', {pid: 9}))
    expect(third.key).to.equal('k1')
  })

  it('do not give it to another request', () => {
    const other = claimed(first.starts, claim('k2', {request: 'break'}))
    expect(other).to.include({key: 'k2', isRepeated: false})
    expect(other.starts).to.have.length(2)
  })

  it('keep it while their process works on it: a simultaneous request is another run', () => {
    const alive = {isAlive: (pid: number) => pid === 7}
    expect(claimed(first.starts, claim('k2', alive)).key).to.equal('k2')
    expect(claimed(first.starts, claim('k2', {...alive, host: 'elsewhere'})).key).to.equal('k2')
    // By then the pid belongs to another process.
    expect(claimed(first.starts, claim('k2', {...alive, ...later(4)})).key).to.equal('k1')
  })

  it('give it at once where the answer was lost, also in the same process', () => {
    const alive = {isAlive: () => true}
    expect(claimed(lost(first.starts, 'k1'), claim('k2', alive)).key).to.equal('k1')
  })

  it('are removed with their answer, and after a day', () => {
    expect(answered(first.starts, 'k1')).to.deep.equal([])
    expect(claimed(first.starts, claim('k2', later(1441)))).to.include({key: 'k2'})
  })

  it('are at most fifty, and survive storage; invalid ones are skipped', () => {
    let {starts} = first
    for (let number = 0; number < 60; number++) {
      ;({starts} = claimed(starts, claim(`key ${number}`, {request: `${number}`})))
    }
    expect(starts).to.have.length(50)
    const kept: unknown = JSON.parse(JSON.stringify(startsAsJson(starts)))
    expect(parseStarts(kept)).to.deep.equal(starts)
    expect(
      parseStarts([{request: 'a'}, null, {...startsAsJson(starts)[0], at: 'never'}]),
    ).to.deep.equal([])
    expect(parseStarts('none')).to.deep.equal([])
  })
})
