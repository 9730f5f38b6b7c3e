import {ExitCode} from '@mogplex/plugin-kit'
import {fakeSession, runCommand, runSlashCommand} from '@mogplex/plugin-kit/testing'
import assert from 'node:assert/strict'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, before, test} from 'node:test'
import Usage from '../commands/usage.js'
import usage from '../slash/usage.js'

const responses = {'/repos': {repos: [{}, {}]}, '/models': {models: [{}]}}
const TEXT = '2 repositories, 1 models, 0 MCP servers'

// Uses no files of the user who runs the tests: they may be signed in.
before(async () => {
  process.env.HOME = await mkdtemp(join(tmpdir(), 'usage-'))
  process.env.MOGPLEX_HOME = join(process.env.HOME, '.mogplex')
})
after(() => rm(process.env.HOME, {recursive: true}))

test('mogplex usage counts', async () => {
  const {stdout, exitCode} = await runCommand(Usage, [], {session: fakeSession({responses})})
  assert.deepEqual({stdout, exitCode}, {stdout: `${TEXT}\n`, exitCode: ExitCode.Done})
})

test('mogplex usage --json prints one object', async () => {
  const {stdout} = await runCommand(Usage, ['--json'], {session: fakeSession({responses})})
  assert.deepEqual(JSON.parse(stdout), {repositories: 2, models: 1, mcpServers: 0})
})

test('mogplex usage does not run while nobody is signed in', async () => {
  const session = fakeSession({account: null, responses})
  const {exitCode} = await runCommand(Usage, [], {session})
  assert.equal(exitCode, ExitCode.Authentication)
  assert.deepEqual(session.requests, [])
})

test('/usage prints the same', async () => {
  assert.deepEqual(await runSlashCommand(usage, [], {session: fakeSession({responses})}), [TEXT])
})
