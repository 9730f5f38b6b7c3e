import {expect} from 'chai'
import {codeCacheOf} from '../../../../src/host/start/start.js'

const ADA = {uid: 1000, homedir: '/home/ada'}

function processOf(changes: object = {}): NodeJS.Process {
  const as = (id: number) => () => id
  const ids = {getuid: as(1000), geteuid: as(1000), getgid: as(100), getegid: as(100)}
  const node = {version: 'v20.20.2', arch: 'x64', execArgv: [], platform: 'linux'}
  return {...node, ...ids, env: {}, ...changes} as unknown as NodeJS.Process
}

describe('codeCacheOf', () => {
  it('exists for the user whose rights the process has', () => {
    expect(codeCacheOf(processOf(), ADA, 'build')).not.to.equal(undefined)
    expect(codeCacheOf(processOf({env: {MOGPLEX_CACHE: 'on'}}), ADA, 'build')).to.be.an('object')
  })

  for (const [what, changes] of [
    ['with MOGPLEX_CACHE=off', {env: {MOGPLEX_CACHE: ' Off '}}],
    ['on Windows', {platform: 'win32'}],
    ['where the process has the rights of another user', {geteuid: () => 0}],
    ['where the process is run by another user', {getuid: () => 0}],
    ['where the process has the rights of another group', {getegid: () => 0}],
  ] as const) {
    it(`does not exist ${what}`, () => {
      expect(codeCacheOf(processOf(changes), ADA, 'build')).to.equal(undefined)
    })
  }
})
