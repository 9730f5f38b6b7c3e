import {expect} from 'chai'
import {displayFor} from '../../../src/app/display.js'

describe('displayFor', () => {
  it('takes colour from the stream and the home folder from the environment', () => {
    const plain = displayFor({}, {HOME: '/home/ada'}, [])
    expect(plain.homeFolder).to.equal('/home/ada')
    expect(plain.palette.strong('a')).to.equal('a')
    expect(displayFor({isTTY: true}, {}, []).palette.strong('a')).not.to.equal('a')
    expect(displayFor({isTTY: true}, {}, []).homeFolder).to.equal('')
  })
})
