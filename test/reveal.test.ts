import {expect} from 'chai'
import {readdir, readFile} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {projectRoot} from './support/cli-environment.js'

/** Which files reveal a `Secret`, how many times, and why: the security review. */
const REVEALED: Readonly<Record<string, readonly [times: number, what: string]>> = {
  'src/adapters/authorization-server/code-exchange.ts': [3, 'the request for tokens'],
  'src/adapters/authorization-server/device-poll.ts': [1, 'the request for tokens'],
  'src/adapters/authorization-server/refresh.ts': [1, 'the request for tokens'],
  'src/adapters/authorization-server/revocation.ts': [1, 'the request that revokes'],
  'src/adapters/authorization-server/who-signed-in.ts': [6, 'the ID token; the userinfo request'],
  'src/adapters/chat-api.ts': [2, 'the header of a prompt'],
  'src/adapters/http/tunnel.ts': [1, 'the header for a proxy'],
  'src/adapters/mogplex-api/ask.ts': [1, 'the header of a request'],
  'src/adapters/mogplex-api/prompt-acceptance.ts': [1, 'the header of a request'],
  'src/domain/auth-file/stored-credential.ts': [3, 'auth.json'],
  'src/domain/hosted/hosted-account.ts': [1, 'the fingerprint of a key'],
  'src/domain/login/pending-login.ts': [5, 'the file of a pending login; the request for tokens'],
  'src/domain/refresh/refresh-attempt.ts': [1, 'the fingerprint of a refresh token'],
  'src/domain/refresh/same-tokens.ts': [6, 'whether two are the same'],
  'src/services/account-access.ts': [1, 'whether two are the same'],
}

describe('Secret.reveal', () => {
  it('is called only to write a request or auth.json, and to compare two secrets', async () => {
    const found: Record<string, number> = {}
    for (const file of await sources()) {
      const text = await readFile(join(projectRoot, file), 'utf8')
      const times = text.match(/\breveal\b(?!\(\): string)/g)?.length ?? 0
      if (times > 0) found[file] = times
    }
    const listed = Object.entries(REVEALED).map(([file, [times]]) => [file, times])
    expect(found).to.deep.equal(Object.fromEntries(listed))
  })
})

async function sources(): Promise<string[]> {
  const files = await Promise.all(
    ['src', 'packages', 'plugins'].map((folder) =>
      readdir(join(projectRoot, folder), {recursive: true, withFileTypes: true}),
    ),
  )
  return files
    .flat()
    .map(({name, parentPath}) => relative(projectRoot, join(parentPath, name)))
    .filter((file) => /^(src|[^/]+\/[^/]+\/src)\/.*\.ts$/.test(file.replaceAll('\\', '/')))
}
