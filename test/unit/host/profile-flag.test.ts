import {expect} from 'chai'
import {takeLeadingProfile} from '../../../src/domain/settings/global-flags.js'
import {inProfile, takeProfile} from '../../../src/host/profile-flag.js'

const OURS = {profile: {type: 'option', helpGroup: 'GLOBAL', helpValue: 'NAME'}}
const COMMANDS: Readonly<Record<string, {flags: Record<string, object>}>> = {
  app: {flags: {...OURS, prompt: {type: 'option', char: 'p'}}},
  whoami: {flags: {...OURS, json: {type: 'boolean'}}},
  'login:status': {flags: OURS},
  login: {flags: {...OURS, 'expect-account': {type: 'option'}}},
  deploy: {flags: {profile: {type: 'option', helpValue: 'NAME'}}},
  scan: {flags: {profile: {type: 'boolean', helpGroup: 'GLOBAL', helpValue: 'NAME'}}},
  plain: {flags: {}},
}

function take(line: string) {
  const words = line.split(' ').filter((word) => word !== '')
  const findCommand = (id: string) => COMMANDS[id]
  const config = {findCommand} as unknown as Parameters<typeof takeProfile>[1]
  const {argv, profile} = takeProfile(takeLeadingProfile(words), config)
  return [profile, argv.join(' ')]
}

describe('takeProfile', () => {
  for (const [line, ...taken] of [
    ['', undefined, ''],
    ['whoami', undefined, 'whoami'],
    ['--profile work whoami', 'work', 'whoami'],
    ['--profile=work whoami', 'work', 'whoami'],
    ['--json --profile work --no-color whoami', 'work', '--json --no-color whoami'],
    ['whoami --profile work', 'work', 'whoami'],
    ['whoami --profile=work --json', 'work', 'whoami --json'],
    ['--profile work whoami --profile work', 'work', 'whoami'],
    ['login status --profile work', 'work', 'login status'],
    ['login:status --profile work', 'work', 'login:status'],
    ['--profile work', 'work', ''],
    ['--prompt hello --profile work', 'work', '--prompt hello'],
    ['-p hello --profile work', 'work', '-p hello'],
    // The value of another flag.
    ['--prompt --profile work', undefined, '--prompt --profile work'],
    ['-p --profile work', undefined, '-p --profile work'],
    ['login --expect-account --profile x', undefined, 'login --expect-account --profile x'],
    ['login --expect-account=a --profile x', 'x', 'login --expect-account=a'],
    // After `--`, nothing is a flag.
    ['whoami -- --profile work', undefined, 'whoami -- --profile work'],
    // Another command's flag.
    ['deploy --profile work', undefined, 'deploy --profile work'],
    ['--profile home deploy --profile work', 'home', 'deploy --profile work'],
    ['scan --profile', undefined, 'scan --profile'],
    ['plain --profile work', undefined, 'plain --profile work'],
    ['unknown --profile work', undefined, 'unknown --profile work'],
    ['__complete -- --profile work', undefined, '__complete -- --profile work'],
  ] as const) {
    it(`takes ${String(taken[0])} from: mogplex ${line}`, () => {
      expect(take(line)).to.deep.equal(taken)
    })
  }

  for (const [line, code] of [
    ['--profile', 'USAGE'],
    ['--profile --json whoami', 'USAGE'],
    ['whoami --profile', 'USAGE'],
    ['--profile=', 'BAD_PROFILE_NAME'],
    ['--profile Work whoami', 'BAD_PROFILE_NAME'],
    ['whoami --profile ../x', 'BAD_PROFILE_NAME'],
    ['whoami --profile nul', 'BAD_PROFILE_NAME'],
    ['--profile a whoami --profile b', 'USAGE'],
    ['--profile a --profile b whoami', 'USAGE'],
  ] as const) {
    it(`refuses: mogplex ${line}`, () => {
      expect(() => take(line))
        .to.throw()
        .that.includes({code, exitCode: 2})
    })
  }
})

describe('inProfile', () => {
  for (const [remedy, told] of [
    ['Run `mogplex login`.', 'Run `mogplex --profile work login`.'],
    [
      'Run `mogplex login --no-browser`, or `mogplex whoami --verify`.',
      'Run `mogplex --profile work login --no-browser`, or `mogplex --profile work whoami --verify`.',
    ],
    ['`mogplex login --profile new` makes it.', '`mogplex login --profile new` makes it.'],
    ['`mogplex profiles` lists them.', '`mogplex profiles` lists them.'],
    ['Run `mogplex plugins update`.', 'Run `mogplex plugins update`.'],
    ['`unset MOGPLEX_API_KEY`', '`unset MOGPLEX_API_KEY`'],
  ] as const) {
    it(`uses the profile that the flag named: ${remedy}`, () => {
      expect(inProfile(remedy, 'work')).to.equal(told)
      expect(inProfile(remedy, undefined)).to.equal(remedy)
    })
  }
})
