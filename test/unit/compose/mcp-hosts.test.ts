import {expect} from 'chai'
import {join} from 'node:path'
import {composeMcpHosts} from '../../../src/compose/mcp-hosts.js'
import {temporaryHome} from '../../support/temporary-home.js'

const REQUEST = {host: 'claude-code', readOnly: false, force: false, dryRun: true} as const

describe('composeMcpHosts', () => {
  const loadWriter = () => {
    throw new Error('A dry run writes nothing.')
  }

  it("uses the hosts' home: USERPROFILE on Windows, HOME elsewhere", async () => {
    const [home, profile] = [await temporaryHome(), await temporaryHome()]
    const world = {env: {HOME: home, USERPROFILE: profile}, loadWriter}
    for (const [platform, folder] of [
      ['linux', home],
      ['darwin', home],
      ['win32', profile],
    ] as const) {
      const {path} = await composeMcpHosts(world, undefined, platform).install(REQUEST)
      expect(path).to.equal(join(folder, '.claude.json'))
    }
  })
})
