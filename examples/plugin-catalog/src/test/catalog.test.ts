import {ExitCode} from '@mogplex/plugin-kit'
import {fakeSession, runCommand, runSlashCommand} from '@mogplex/plugin-kit/testing'
import assert from 'node:assert/strict'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, before, test} from 'node:test'
import Catalog from '../commands/catalog.js'
import catalog from '../slash/catalog.js'

const models = [
  {id: 'acme/big', name: 'Big', price: 3},
  {id: 'acme/small', name: 'Small'},
]
const responses = {'/models': {models}}
let home: string

// Uses no files of the user who runs the tests: they may be signed in.
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'catalog-'))
  Object.assign(process.env, {HOME: home, MOGPLEX_HOME: join(home, '.mogplex')})
})
after(async () => rm(home, {recursive: true}))

test('mogplex catalog lists the models, and has them as JSON', async () => {
  const session = fakeSession({responses})
  const text = await runCommand(Catalog, [], {session})
  assert.equal(text.stdout, 'model       name\nacme/big    Big\nacme/small  Small\n')
  const {result} = await runCommand(Catalog, ['--json'], {session})
  assert.deepEqual(result, [
    {id: 'acme/big', name: 'Big'},
    {id: 'acme/small', name: 'Small'},
  ])
})

test('mogplex catalog says when it does not understand the server', async () => {
  const session = fakeSession({responses: {'/models': 'none'}})
  const {stdout, exitCode} = await runCommand(Catalog, ['--json'], {session})
  assert.equal(exitCode, ExitCode.Remote)
  assert.match(stdout, /"code":"CATALOG_NOT_UNDERSTOOD"/)
})

test('/catalog lists those that are meant, and completes them', async () => {
  const session = fakeSession({responses})
  assert.deepEqual(await runSlashCommand(catalog, ['small'], {session}), [
    'model       name',
    'acme/small  Small',
  ])
  const found = await catalog.complete?.('', {session, signal: new AbortController().signal})
  assert.equal(found?.length, 2)
})
