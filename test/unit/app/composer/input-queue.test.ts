import {expect} from 'chai'
import {InputQueue} from '../../../../src/app/composer/input-queue.js'

describe('InputQueue', () => {
  it('gives lines in their order, to a reader who waits and to one who comes late', async () => {
    const queue = new InputQueue()
    const first = queue.next()
    expect(queue.isAwaited).to.equal(true)
    for (const line of ['one', 'two', 'three']) queue.push(line)
    expect(queue.isAwaited).to.equal(false)
    expect(queue.waiting).to.deep.equal(['two', 'three'])
    expect([await first, await queue.next(), await queue.next()]).to.deep.equal([
      'one',
      'two',
      'three',
    ])
  })

  it('gives back what nobody has read', () => {
    const queue = new InputQueue()
    queue.push('one')
    expect(queue.drain()).to.deep.equal(['one'])
    expect(queue.waiting).to.deep.equal([])
  })

  it('ends for whoever waits, and for whoever comes later', async () => {
    const queue = new InputQueue()
    const waiting = queue.next()
    queue.close()
    queue.push('too late')
    expect([await waiting, await queue.next()]).to.deep.equal([undefined, undefined])
  })
})
