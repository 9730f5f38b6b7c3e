import {expect} from 'chai'
import {spawnSync} from 'node:child_process'
import {expectExit, jsonLines} from '../support/answers.js'
import {builtCli, type Command} from '../support/cli-environment.js'
import {setStage} from '../support/sign-in-stage.js'

// A user without an entry in the password database, as with `docker run --user 4711`, and without
// HOME.
const NOBODY = [
  'setpriv',
  '--reuid=4711',
  '--regid=4711',
  '--clear-groups',
  'env',
  '-uHOME',
] as const
// As with `docker run --read-only`.
const READ_ONLY = [
  'unshare',
  '-m',
  'sh',
  '-c',
  'mount -o remount,ro,bind / && exec "$0" "$@"',
] as const

/** A test that is skipped where this machine does not permit it. */
function itRunsWithin(within: readonly string[]): Mocha.TestFunction | Mocha.PendingTestFunction {
  const [program = '', ...args] = within
  return spawnSync(program, [...args, 'true']).status === 0 ? it : it.skip
}

describe('mogplex in a container', () => {
  const stage = setStage()
  const within = ([program, ...args]: Command) => ({
    command: [program, ...args, ...builtCli] as Command,
    cwd: '/',
  })

  for (const [where, how] of [
    ['for a user without a name and a home', NOBODY],
    ['on a root that is read-only', READ_ONLY],
  ] as const) {
    itRunsWithin(how)(`answers by a key of the environment ${where}`, async () => {
      const MOGPLEX_API_KEY = await stage.cloud.createKey('ada@example.test')
      const options = {...within(how), env: {MOGPLEX_API_KEY}}
      expectExit(await stage.run(['whoami', '--verify', '--require', 'account'], options), 0)
      const models = await stage.run(['models', '--refresh', '--json'], options)
      expect(jsonLines(models)).to.have.lengthOf(12)
    })

    itRunsWithin(how)(`says where nothing can be stored ${where}, before a login`, async () => {
      const login = await stage.run(['login', '--no-browser'], within(how))
      expect(login.code).to.equal(1)
      expect(login.stderr)
        .to.include('.mogplex cannot be made: ')
        .and.include('set MOGPLEX_HOME to another folder.')
        .and.not.include('response_type')
    })
  }
})
