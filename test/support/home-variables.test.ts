import {expect} from 'chai'
import {homeVariables, ownFolders} from './home-variables.js'

describe('ownFolders', () => {
  it('are all in the home, on every system', () => {
    const folders = ownFolders('/srv/home')
    expect(Object.values(folders).filter((path) => !path.startsWith('/srv/home'))).to.deep.equal([])
    expect(folders).to.include(homeVariables('/srv/home'))
    expect(folders).to.include.keys('HOME', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA')
  })
})
