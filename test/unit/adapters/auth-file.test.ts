import {expect} from 'chai'
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'
import {inspect} from 'node:util'
import {AuthFile} from '../../../src/adapters/auth-file.js'
import {MAX_BYTES} from '../../../src/adapters/auth-file/read-auth-file.js'
import {tooLarge} from '../../../src/adapters/own-file.js'
import type {FileWriter} from '../../../src/adapters/file-writer.js'
import {ensureFolder} from '../../../src/adapters/home.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import type {Credential, OAuthCredential} from '../../../src/domain/credential/credential.js'
import {BrokenAuthFileError, LocalFileError} from '../../../src/domain/errors/local-files.js'
import {Secret} from '../../../src/domain/credential/secret.js'
import {writeTrouble} from '../../../src/domain/files/write-trouble.js'
import {itMounts, mount, mounts} from '../../support/mounts.js'
import {expectMode} from '../../support/system-under-test.js'
import {listFiles, temporaryHome} from '../../support/temporary-home.js'
import {makeAccount, plain} from '../../support/make-account.js'

const NOW = new Date('2026-11-23T17:00:00.000Z')
const INSTANT = '2026-11-23T17-00-00-000Z'
const isRoot = process.geteuid?.() === 0
const OTHERS_MEMBERS =
  '"big": 12345678901234567890123, "x": 1e400, "x" : 1.0, "__proto__": {"a": "\\u0041"}'

const writer = await loadWriter()

function login(changes: Partial<OAuthCredential> = {}): OAuthCredential {
  return {
    type: 'oauth',
    provider: 'mogplex',
    source: {type: 'file', path: 'elsewhere'},
    issuer: 'https://mogplex.com',
    clientId: 'mogplex-cli',
    accessToken: new Secret('access-token-4711'),
    refreshToken: new Secret('refresh-token-4711'),
    expiresAt: new Date('2026-11-23T18:00:00Z'),
    scopes: ['read', 'write'],
    account: makeAccount({id: 'usr_1', email: 'ada@example.com'}),
    grantId: 'grant-1',
    obtainedAt: NOW,
    ...changes,
  }
}

function key(provider: 'groq' | 'mogplex' | 'openai', value = 'sk-stored-4711'): Credential {
  const source = {type: 'file', path: 'elsewhere'} as const
  return {type: 'api-key', provider, source, key: new Secret(value), obtainedAt: NOW}
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8)
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), {code})
}

async function failureOf(work: () => unknown): Promise<LocalFileError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof LocalFileError) return error
    throw error
  }
  throw new Error('It did not fail.')
}

function itAsRoot(title: string, test: () => Promise<void>): void {
  if (isRoot) it(title, test)
  else it.skip(`${title} (skipped: only root can become somebody else)`)
}

describe('AuthFile', () => {
  let home: string
  let path: string

  function authFile(options: {codexHome?: boolean; writer?: Partial<FileWriter>} = {}): AuthFile {
    return new AuthFile({
      path,
      codexHome: options.codexHome ?? false,
      loadWriter: async () => Promise.resolve({...writer, ...options.writer}),
    })
  }

  function put(contents: string | Uint8Array, mode = 0o600): void {
    writeFileSync(path, contents)
    chmodSync(path, mode)
  }

  function contents(): string {
    return readFileSync(path, 'utf8')
  }

  beforeEach(async () => {
    home = join(await temporaryHome(), '.mogplex')
    mkdirSync(home, {mode: 0o700})
    process.env.USERPROFILE = home // restored after the test
    path = join(home, 'auth.json')
  })

  describe('read', () => {
    it('distinguishes missing, empty, broken and whole files', () => {
      expect(authFile().read()).to.deep.equal({
        document: {state: 'missing'},
        entries: [],
        notices: [],
      })
      for (const blank of ['', ' \n', '\uFEFF']) {
        put(blank)
        expect(authFile().read().document.state, JSON.stringify(blank)).to.equal('empty')
      }
      for (const broken of ['{"a":', '[]', '"x"', Buffer.from([0xff, 0x00, 0x7b])]) {
        put(broken)
        expect(authFile().read().document.state, String(broken)).to.equal('broken')
      }
      put('\uFEFF{}')
      expect(authFile().read().document.state).to.equal('whole')
    })

    it('treats a missing home, and dangling links, as a missing file', () => {
      symlinkSync('nowhere', path)
      expect(authFile().read().document.state).to.equal('missing')
      rmSync(home, {recursive: true})
      expect(authFile().read().document.state).to.equal('missing')
      symlinkSync('nowhere', home)
      expect(authFile().read().document.state).to.equal('missing')
    })

    it('reads through a chain of links', () => {
      mkdirSync(join(home, 'dots'))
      writeFileSync(join(home, 'dots', 'auth'), '{"a": 1}', {mode: 0o600})
      symlinkSync('dots/auth', join(home, 'second'))
      symlinkSync('second', path)
      expect(authFile().read().document.state).to.equal('whole')
    })

    it('reads 100,000 levels of nesting', () => {
      put(`{"deep": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
      expect(authFile().read().document.state).to.equal('whole')
    })

    it('refuses anything but a file of ours, and names it', async () => {
      mkdirSync(path)
      const error = await failureOf(() => authFile().read())
      expect(error).to.include({code: 'LOCAL_FILE', exitCode: 1})
      expect(error.message).to.include(path)
      await failureOf(async () => authFile().store(login(), NOW))
      expect(statSync(path).isDirectory()).to.equal(true)
    })

    it('reports that it removes the permissions of others', () => {
      put('{}', 0o644)
      expect(authFile().read().notices).to.have.length(1)
      expect(authFile().read().notices).to.deep.equal([])
    })

    it("counts Codex's key under CODEX_HOME only, and says that the file is shared", () => {
      put('{"OPENAI_API_KEY": "sk-codex-4711", "tokens": null}')
      expect(authFile().read()).to.deep.include({entries: [], notices: []})
      const {entries, notices} = authFile({codexHome: true}).read()
      expect(entries[0]).to.include({provider: 'openai', state: 'usable', codex: true})
      expect(notices).to.deep.equal([
        `${path} is shared with Codex, which may drop what it does not know.`,
      ])
      put('{"mogplex": 1}')
      expect(authFile({codexHome: true}).read().notices).to.deep.equal([])
    })

    it('shows no secret when its result is printed', async () => {
      await authFile().store(login(), NOW)
      const answer = authFile().read()
      expect(inspect(answer, {depth: 9, showHidden: true})).not.to.include('4711')
      expect(JSON.stringify(answer)).not.to.include('4711')
    })

    it('loads no writer', () => {
      const file = new AuthFile({
        path,
        codexHome: false,
        loadWriter: () => Promise.reject(new Error('It was loaded.')),
      })
      put('{}')
      expect(file.read().document.state).to.equal('whole')
    })
  })

  describe('store', () => {
    it('creates home and file for their owner only, and reads back what it stored', async () => {
      rmdirSync(home)
      const before = process.umask(0o777)
      try {
        expect(await authFile().store(login(), NOW)).to.deep.equal({
          member: 'mogplex',
          keptAside: [],
          replaced: [],
        })
      } finally {
        process.umask(before)
      }
      expectMode(home, 0o700)
      expectMode(path, 0o600)
      const [entry] = authFile().read().entries
      if (entry?.state !== 'usable' || entry.credential.type !== 'oauth')
        throw new Error('No login.')
      expect(entry.credential).to.deep.include({
        grantId: 'grant-1',
        scopes: ['read', 'write'],
        source: {type: 'file', path},
        expiresAt: new Date('2026-11-23T18:00:00Z'),
      })
      expect(entry.credential.accessToken.reveal()).to.equal('access-token-4711')
      expect(await listFiles(home)).to.deep.equal(['auth.json'])
    })

    for (const blank of ['', '\n', '\uFEFF', '{}', '\uFEFF{}\n']) {
      it(`turns ${JSON.stringify(blank)} into a file of two-space JSON`, async () => {
        put(blank)
        await authFile().store(key('groq'), NOW)
        expect(contents().trimEnd()).to.equal(
          JSON.stringify(
            {groq: {type: 'api-key', key: 'sk-stored-4711', obtainedAt: NOW.toISOString()}},
            null,
            2,
          ),
        )
      })
    }

    it('keeps foreign members byte for byte', async () => {
      put(`{${OTHERS_MEMBERS}}`)
      await authFile().store(login(), NOW)
      expect(contents()).to.match(/^\{"big": .*\\u0041"\},\n {2}"mogplex": \{\n/)
      expect(contents().startsWith(`{${OTHERS_MEMBERS},`)).to.equal(true)
      await authFile().store(key('openai'), NOW)
      await authFile().remove(['mogplex', 'openai'])
      expect(contents()).to.equal(`{${OTHERS_MEMBERS}\n}`)
    })

    it('keeps 100,000 levels of nesting beside it', async () => {
      const deep = `"deep": ${'['.repeat(100_000)}${']'.repeat(100_000)}`
      put(`{${deep}}`)
      await authFile().store(login(), NOW)
      expect(contents().startsWith(`{${deep},\n`)).to.equal(true)
    })

    it('replaces the credential of the same provider, and no other', async () => {
      await authFile().store(login(), NOW)
      await authFile().store(key('groq'), NOW)
      const {keptAside} = await authFile().store(key('mogplex', 'mog_new'), NOW)
      expect(keptAside).to.deep.equal([])
      const types = authFile()
        .read()
        .entries.map((entry) =>
          entry.state === 'usable' ? `${entry.provider} ${entry.credential.type}` : entry.state,
        )
      expect(types).to.deep.equal(['mogplex oauth', 'mogplex api-key', 'groq api-key'])
    })

    it('moves a key beside the login unchanged, and reports what it replaces', async () => {
      put('{"mogplex": {"type": "api-key", "key": "mog_one", "note": "of somebody else"}}')
      const moved = await authFile().store(login(), NOW)
      expect(moved).to.deep.equal({member: 'mogplex', keptAside: [], replaced: []})
      const file = JSON.parse(contents()) as Record<string, object>
      expect(Object.keys(file).sort()).to.deep.equal(['mogplex', 'mogplex-key'])
      expect(file['mogplex-key']).to.deep.include({key: 'mog_one', note: 'of somebody else'})
      const {replaced} = await authFile().store(key('mogplex', 'mog_two'), NOW)
      expect(replaced.map(({type, source}) => [type, source])).to.deep.equal([
        ['api-key', {type: 'file', path, member: 'mogplex-key'}],
      ])
      expect(contents()).to.include('mog_two').and.not.to.include('mog_one')
      expect(await authFile().remove(['mogplex'])).to.have.lengthOf(2)
      expect(contents()).not.to.match(/mogplex/)
    })

    it('moves the key of another account to a file', async () => {
      const account = {id: 'usr_2'}
      put(JSON.stringify({mogplex: {type: 'api-key', key: 'mog_others', account}}))
      const {keptAside, replaced} = await authFile().store(login(), NOW)
      expect(replaced).to.have.lengthOf(1)
      expect(keptAside).to.have.lengthOf(1)
      expect(readFileSync(keptAside[0] ?? '', 'utf8')).to.include('mog_others')
      expectMode(keptAside[0] ?? '', 0o600)
      expect(contents()).not.to.include('mog_others')
    })

    it('repairs the modes of home and file', async () => {
      put('{}', 0o666)
      chmodSync(home, 0o755)
      await authFile().store(login(), NOW)
      expect([modeOf(home), modeOf(path)]).to.deep.equal(['700', '600'])
    })

    it('replaces a file that is read-only', async () => {
      put('{"a": 1}', 0o400)
      await authFile().store(login(), NOW)
      expect(contents()).to.include('grant-1')
    })

    it('saves a foreign member, unchanged, before it replaces it', async () => {
      const foreign = '{"token": 1.0, "deep": [ 1e400 ]}'
      put(`{"a": 1, "mogplex": ${foreign}}`)
      const {keptAside} = await authFile().store(login(), NOW)
      const saved = `${path}.foreign-${INSTANT}`
      expect(keptAside).to.deep.equal([saved])
      expect(readFileSync(saved, 'utf8')).to.equal(`{"mogplex": ${foreign}}\n`)
      expectMode(saved, 0o600)
      expect(authFile().read().entries[0]?.state).to.equal('usable')
    })

    it('saves foreign duplicates, and leaves one', async () => {
      put('{"mogplex": "one", "mogplex": "two", "a": 1}')
      const {keptAside} = await authFile().store(login(), NOW)
      expect(readFileSync(keptAside[0] ?? '', 'utf8')).to.equal(
        '{"mogplex": "one", "mogplex": "two"}\n',
      )
      expect(contents().match(/"mogplex":/g)).to.have.length(1)
    })

    it('keeps a broken file, byte for byte, and starts a new one', async () => {
      const bytes = Buffer.from('\uFEFF{"key": "sk-hidden-4711",\u0000')
      for (const suffix of ['', '-2']) {
        put(bytes)
        const {keptAside} = await authFile().store(login(), NOW)
        const saved = `${path}.broken-${INSTANT}${suffix}`
        expect(keptAside).to.deep.equal([saved])
        expect(readFileSync(saved).equals(bytes)).to.equal(true)
        expectMode(saved, 0o600)
        expect(authFile().read().entries).to.have.length(1)
      }
    })

    it("does not change Codex's members", async () => {
      put('{"OPENAI_API_KEY": "sk-codex", "tokens": {"id_token": "x"}, "last_refresh": null}')
      const before = contents().slice(0, -1)
      const {keptAside} = await authFile({codexHome: true}).store(key('openai'), NOW)
      expect(keptAside).to.deep.equal([])
      expect(contents().startsWith(before)).to.equal(true)
    })

    it('writes through a link, which stays, and saves broken contents in home', async () => {
      const elsewhere = join(dirname(home), 'elsewhere')
      symlinkSync('../elsewhere', path)
      await authFile().store(login(), NOW)
      expect(lstatSync(path).isSymbolicLink()).to.equal(true)
      expect(readFileSync(elsewhere, 'utf8')).to.include('grant-1')
      writeFileSync(elsewhere, 'broken')
      await authFile().store(login(), NOW)
      expect(await listFiles(home)).to.deep.equal(['auth.json', `auth.json.broken-${INSTANT}`])
    })

    it('creates the file when it vanishes between reading and writing', async () => {
      put('{"a": 1}')
      const vanishing = {
        ensureFolder(folder: string) {
          rmSync(folder, {recursive: true})
          ensureFolder(folder)
        },
      }
      await authFile({writer: vanishing}).store(login(), NOW)
      expect(contents()).to.include('grant-1')
    })

    it('refuses a credential that could not be read again, and leaves the file unchanged', async () => {
      put('{"a": 1}')
      for (const bad of [key('groq', 'sk-4711\n'), login({refreshToken: new Secret('')})]) {
        const error = await failureOf(async () => authFile().store(bad, NOW))
        expect(error).to.include({code: 'LOCAL_FILE'})
        expect(error.message).to.include(bad.provider).and.not.to.include('4711')
      }
      expect(contents()).to.equal('{"a": 1}')
    })

    it('refuses to create a file that it would not read again', async () => {
      const large = `{"a": "${'x'.repeat(1_048_400)}"}`
      put(large)
      const error = await failureOf(async () => authFile().store(login(), NOW))
      expect(error.message).to.equal(tooLarge(path, MAX_BYTES).message)
      expect(contents()).to.equal(large)
    })

    it('loses nothing when several are stored at once', async () => {
      const file = authFile()
      const providers = ['mogplex', 'openai', 'groq'] as const
      await Promise.all(providers.map(async (provider) => file.store(key(provider), NOW)))
      expect(file.read().entries.map(({provider}) => provider)).to.deep.equal(providers)
    })

    it('changes nothing while the file has another name, and says how to fix that', async () => {
      await authFile().store(login(), NOW)
      const [other, before] = [join(home, '..', 'other.json'), contents()]
      linkSync(path, other)
      for (const work of [
        async () => authFile().rehearse(),
        async () => authFile().store(key('groq'), NOW),
        async () => authFile().remove(['mogplex']),
        async () => authFile().amend('grant-1', (stored) => stored),
      ]) {
        const error = await failureOf(work)
        expect(error.message).to.include(`${path} has another name (a hard link)`)
        expect(error.remedy).to.include(`-samefile ${path}`)
      }
      expect(contents()).to.equal(before)
      expect(await listFiles(home)).to.deep.equal(['auth.json'])
      rmSync(other)
      symlinkSync(path, other)
      await authFile().rehearse()
    })

    it('continues after an update that failed', async () => {
      const file = authFile()
      await failureOf(async () => file.store(key('groq', ''), NOW))
      mkdirSync(path)
      await failureOf(async () => file.store(login(), NOW))
      rmdirSync(path)
      await file.store(login(), NOW)
      expect(file.read().entries).to.have.length(1)
    })

    itMounts('leaves everything unchanged on a full disk', async () => {
      mountDisk()
      const member = `"a": "${'x'.repeat(36_000)}"`
      put(`{${member}}`)
      const error = await failureOf(async () => authFile().store(login(), NOW))
      expect(error).to.deep.equal(writeTrouble(path, systemError('ENOSPC')))
      expect(contents()).to.equal(`{${member}}`)
      expect(await listFiles(home)).to.deep.equal(['auth.json'])
      put(`{${member}`)
      await failureOf(async () => authFile().store(login(), NOW))
      expect(contents()).to.equal(`{${member}`)
      expect(await listFiles(home)).to.deep.equal(['auth.json'])
    })

    itMounts('leaves everything unchanged on a read-only file system', async () => {
      mountDisk()
      put('{"a": 1}')
      expect(mounts('-o', 'remount,ro', home)).to.equal(true)
      const error = await failureOf(async () => authFile().store(login(), NOW))
      expect(error).to.deep.equal(writeTrouble(path, systemError('EROFS')))
      expect(contents()).to.equal('{"a": 1}')
    })

    itAsRoot('leaves everything unchanged in a read-only home', async () => {
      put('{"a": 1}')
      chownSync(path, 12345, 12345)
      chownSync(home, 12345, 12345)
      chmodSync(home, 0o500)
      chmodSync(dirname(dirname(home)), 0o755)
      chmodSync(dirname(home), 0o755)
      await import('../../../src/domain/auth-file/auth-splice.js')
      const error = await asUser(12345, async () =>
        failureOf(async () => authFile().store(login(), NOW)),
      )
      expect(error).to.deep.equal(writeTrouble(path, systemError('EACCES')))
      expect(contents()).to.equal('{"a": 1}')
      expect(await listFiles(home)).to.deep.equal(['auth.json'])
    })
  })

  describe('remove', () => {
    it('removes our credentials, and returns which', async () => {
      await authFile().store(login(), NOW)
      await authFile().store(key('openai'), NOW)
      await authFile().store(key('groq'), NOW)
      const removed = await authFile().remove(['groq', 'mogplex', 'xai'])
      expect(removed.map(({provider}) => provider)).to.deep.equal(['mogplex', 'groq'])
      expect(
        authFile()
          .read()
          .entries.map(({provider}) => provider),
      ).to.deep.equal(['openai'])
    })

    it('leaves an empty object when nothing else is there', async () => {
      await authFile().store(login(), NOW)
      await authFile().remove(['mogplex'])
      expect(contents()).to.equal('{}\n')
    })

    it("leaves foreign members, and Codex's key, in place", async () => {
      const text = '{"OPENAI_API_KEY": "sk-codex", "mogplex": {"type": "other"}, "openai": "x"}'
      put(text)
      expect(await authFile({codexHome: true}).remove(['mogplex', 'openai'])).to.deep.equal([])
      expect(contents()).to.equal(text)
    })

    it('leaves foreign duplicates of a credential of ours', async () => {
      await authFile().store(login(), NOW)
      put(contents().replace('{', '{"mogplex": "theirs",'))
      expect(await authFile().remove(['mogplex'])).to.have.length(1)
      expect(JSON.parse(contents())).to.deep.equal({mogplex: 'theirs'})
    })

    it('does not touch a file in which there is nothing to remove, nor create one', async () => {
      expect(await authFile().remove(['mogplex'])).to.deep.equal([])
      expect(await listFiles(home)).to.deep.equal([])
      put('{"a": 1}', 0o400)
      const {ino, mtimeMs} = statSync(path)
      expect(await authFile().remove(['mogplex'])).to.deep.equal([])
      expect(statSync(path)).to.include({ino, mtimeMs})
    })

    it('does not touch a broken file, and says what to do', async () => {
      put('{"key": "sk-hidden-4711"')
      const error = await failureOf(async () => authFile().remove(['mogplex']))
      expect(error).to.be.instanceOf(BrokenAuthFileError)
      expect(error).to.include({code: 'AUTH_FILE_BROKEN', path})
      expect(inspect(error)).not.to.include('4711')
      expect(contents()).to.equal('{"key": "sk-hidden-4711"')
    })
  })

  describe('amend', () => {
    it('leaves foreign duplicates of the login in place', async () => {
      await authFile().store(login(), NOW)
      put(contents().replace('{', '{"mogplex": {"theirs" : 1.0},'))
      const change = (stored: OAuthCredential) => ({...stored, accessToken: new Secret('fresh')})
      expect(await authFile().amend('grant-1', change)).to.equal(true)
      expect(contents())
        .to.match(/^\{"mogplex": \{"theirs" : 1\.0\},/)
        .and.to.include('"fresh"')
    })

    it('changes the stored login, and keeps its unknown fields', async () => {
      await authFile().store(login(), NOW)
      put(
        contents().replace('"type":', '"later": 1.0, "type":').replace('}\n}', '},\n  "a": 1e400}'),
      )
      const verifiedAt = new Date('2026-11-23T17:30:00Z')
      const isChanged = await authFile().amend('grant-1', (stored) => ({
        ...stored,
        accessToken: new Secret('access-token-4712'),
        refreshToken: undefined,
        verifiedAt,
        rejected: {at: verifiedAt, why: 'invalid_grant'},
      }))
      expect(isChanged).to.equal(true)
      expect(contents()).to.include('"later": 1.0').and.to.include('"a": 1e400}')
      const [entry] = authFile().read().entries
      if (entry?.state !== 'usable' || entry.credential.type !== 'oauth')
        throw new Error('No login.')
      const {credential} = entry
      expect(credential.accessToken.reveal()).to.equal('access-token-4712')
      expect(credential.refreshToken).to.equal(undefined)
      expect(credential).to.deep.include({verifiedAt})
      expect(plain(credential.account)).to.deep.equal({id: 'usr_1', email: 'ada@example.com'})
      expect(credential.rejected?.why).to.equal('invalid_grant')
    })

    it('writes nothing when the login was removed meanwhile, or replaced', async () => {
      const never = (): OAuthCredential => {
        throw new Error('It was asked for a change.')
      }
      expect(await authFile().amend('grant-1', never)).to.equal(false)
      expect(await listFiles(home)).to.deep.equal([])
      for (const other of [login({grantId: 'grant-2'}), key('mogplex')]) {
        await authFile().store(other, NOW)
        const before = contents()
        expect(await authFile().amend('grant-1', never)).to.equal(false)
        expect(contents()).to.equal(before)
      }
    })

    it('does not touch a broken file', async () => {
      put('{')
      const error = await failureOf(async () => authFile().amend('grant-1', (old) => old))
      expect(error).to.be.instanceOf(BrokenAuthFileError)
      expect(contents()).to.equal('{')
    })
  })

  function mountDisk(): void {
    mount(home, '-t', 'tmpfs', '-o', 'size=64k,mode=700', 'tmpfs')
  }
})

async function asUser<T>(uid: number, work: () => Promise<T>): Promise<T> {
  process.seteuid?.(uid)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}
