import {expect} from 'chai'
import {InputQueue} from '../../../../src/app/composer/input-queue.js'

describe('InputQueue', () => {
  it('returns lines in order, to a waiting reader and to a late one', async () => {
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

  it('takes back unread lines', () => {
    const queue = new InputQueue()
    queue.push('one')
    expect(queue.drain()).to.deep.equal(['one'])
    expect(queue.waiting).to.deep.equal([])
  })

  it('ends for waiting readers, and for later ones', async () => {
    const queue = new InputQueue()
    const waiting = queue.next()
    queue.close()
    queue.push('too late')
    expect([await waiting, await queue.next()]).to.deep.equal([undefined, undefined])
  })
})
