import {expect} from 'chai'
import {
  chooseProfile,
  profileSourceName,
  type ProfileSources,
} from '../../../../src/domain/profile/choose-profile.js'

const NOTHING: ProfileSources = {
  flag: undefined,
  env: {},
  current: undefined,
  pins: {},
  folders: ['/home/ada/work/repo', '/home/ada/work', '/home/ada', '/home', '/'],
}
const ALL: ProfileSources = {
  ...NOTHING,
  flag: 'a',
  env: {MOGPLEX_PROFILE: 'b'},
  current: 'e',
  pins: {'/home/ada/work/repo': 'c', '/home/ada': 'd', '/home/ada/other': 'x'},
}

function shown(sources: ProfileSources): string[] {
  return chooseProfile(sources).trace.map(({source, state, profile, by}) =>
    [profileSourceName(source), state, profile, by && `by ${by}`]
      .filter((part) => part !== undefined)
      .join(' '),
  )
}

describe('chooseProfile', () => {
  it('uses the default where nothing else is set', () => {
    expect(chooseProfile(NOTHING)).to.include({name: 'default'})
    expect(shown(NOTHING)).to.deep.equal([
      '--profile absent',
      'MOGPLEX_PROFILE absent',
      'mogplex profiles use absent',
      'the default used default',
    ])
  })

  it('checks the flag, the variable, the nearest pin, those above it, the current one, the default', () => {
    expect(shown(ALL)).to.deep.equal([
      '--profile used a',
      'MOGPLEX_PROFILE outranked b by --profile',
      'the pin of /home/ada/work/repo outranked c by --profile',
      'the pin of /home/ada outranked d by --profile',
      'mogplex profiles use outranked e by --profile',
      'the default outranked default by --profile',
    ])
    const without = {...ALL, flag: undefined}
    expect(chooseProfile(without).name).to.equal('b')
    expect(chooseProfile({...without, env: {}}).name).to.equal('c')
    expect(chooseProfile({...without, env: {}, pins: {'/home': 'd'}}).name).to.equal('d')
    expect(chooseProfile({...without, env: {}, pins: {}}).name).to.equal('e')
  })

  it('ignores pins of sibling folders, and of names with the same prefix', () => {
    const pins = {'/home/ada/wor': 'x', '/home/ada/work/repo/below': 'y', '/home/ada/': 'z'}
    expect(chooseProfile({...NOTHING, pins}).name).to.equal('default')
  })

  it('does not treat inherited object members as pins', () => {
    expect(chooseProfile({...NOTHING, folders: ['constructor', '__proto__']}).name).to.equal(
      'default',
    )
  })

  for (const value of ['', '  ']) {
    it(`treats ${JSON.stringify(value)} in the variable as unset`, () => {
      const {name, trace} = chooseProfile({...NOTHING, env: {MOGPLEX_PROFILE: value}})
      expect(name).to.equal('default')
      expect(trace[1]).to.include({state: 'empty'})
    })
  }

  it('stops at a variable with an invalid name', () => {
    const {name, trace} = chooseProfile({...ALL, flag: undefined, env: {MOGPLEX_PROFILE: 'Wo.rk'}})
    expect(name).to.equal(undefined)
    expect(trace[1]).to.include({state: 'malformed', remedy: 'unset MOGPLEX_PROFILE'})
    expect(trace.slice(2).map(({by}) => by)).to.deep.equal(Array(4).fill('MOGPLEX_PROFILE'))
  })

  it('prefers the flag to a variable with an invalid name', () => {
    expect(chooseProfile({...ALL, env: {MOGPLEX_PROFILE: 'Wo.rk'}}).name).to.equal('a')
  })

  it('names the command that removes each', () => {
    expect(chooseProfile(ALL).trace.map(({remedy}) => remedy)).to.deep.equal([
      undefined,
      'unset MOGPLEX_PROFILE',
      'mogplex profiles unpin',
      'mogplex profiles unpin /home/ada',
      'mogplex profiles use default',
      undefined,
    ])
  })
})
