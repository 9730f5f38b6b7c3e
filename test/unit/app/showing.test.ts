import {expect} from 'chai'
import {showingOn} from '../../../src/app/showing.js'

describe('showingOn', () => {
  it('takes colour from the stream and the home folder from the environment', () => {
    const plain = showingOn({}, {HOME: '/home/ada'}, [])
    expect(plain.homeFolder).to.equal('/home/ada')
    expect(plain.palette.strong('a')).to.equal('a')
    expect(showingOn({isTTY: true}, {}, []).palette.strong('a')).not.to.equal('a')
    expect(showingOn({isTTY: true}, {}, []).homeFolder).to.equal('')
  })
})
