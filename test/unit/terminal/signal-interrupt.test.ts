import {expect} from 'chai'
import {SignalInterrupt} from '../../../src/terminal/signal-interrupt.js'

describe('SignalInterrupt', () => {
  it('treats SIGINT as an interruption of the work, until it is stopped', () => {
    const before = process.listenerCount('SIGINT')
    let count = 0
    const away = new SignalInterrupt({
      interrupt: () => {
        count += 1
        return true
      },
    })
    away.start()
    away.start()
    expect(process.listenerCount('SIGINT')).to.equal(before + 1)
    process.emit('SIGINT', 'SIGINT')
    expect(count).to.equal(1)
    away.stop()
    expect(process.listenerCount('SIGINT')).to.equal(before)
  })

  it('leaves it to other listeners, where there is no work', () => {
    let heard = 0
    const other = (): void => {
      heard += 1
    }
    process.on('SIGINT', other)
    const away = new SignalInterrupt({interrupt: () => false})
    away.start()
    process.emit('SIGINT', 'SIGINT') // would end the tests otherwise
    expect(heard).to.equal(1)
    away.stop()
    process.off('SIGINT', other)
  })
})
