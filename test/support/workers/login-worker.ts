/*
 * Signs in, out and refreshes in turn, like the CLI, until it is killed. Tokens come from a server
 * on 127.0.0.1 that rejects a second use of a refresh token.
 */
import {writeSync} from 'node:fs'
import {request as ask} from 'node:http'
import {text} from 'node:stream/consumers'
import type {IncomingMessage} from 'node:http'
import {AuthFile} from '../../../src/adapters/auth-file.js'
import {pause} from '../../../src/adapters/pause.js'
import {RefreshJournal} from '../../../src/adapters/refresh-journal.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import type {OAuthCredential} from '../../../src/domain/credential/credential.js'
import {RefreshRefusedError} from '../../../src/domain/errors/authentication.js'
import {UnreachableError} from '../../../src/domain/errors/remote.js'
import {Secret} from '../../../src/domain/credential/secret.js'
import {refreshLogin} from '../../../src/services/refresh-login.js'
import type {RefreshPorts} from '../../../src/services/refresh-ports.js'

const [path = '', server = '', doing = 'refresh'] = process.argv.slice(2)
const authFile = new AuthFile({path, codexHome: false, loadWriter})
const journal = new RefreshJournal({
  path,
  loadWriter,
  redact: async (text) => Promise.resolve(text),
})

async function get(url: string): Promise<{status: number; body: string}> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    ask(url, {agent: false}, resolve).on('error', reject).end()
  }).catch(() => {
    throw new UnreachableError('There is no server.')
  })
  return {status: answer.statusCode ?? 0, body: await text(answer)}
}

async function tokens(url: string): Promise<Pick<OAuthCredential, 'accessToken' | 'refreshToken'>> {
  const {status, body} = await get(url)
  if (status !== 200) throw new RefreshRefusedError('127.0.0.1', body)
  const [access = '', refresh = ''] = body.split(' ')
  return {accessToken: new Secret(access), refreshToken: new Secret(refresh)}
}

const ports: RefreshPorts = {
  authFile,
  journal,
  clock: {now: () => new Date()},
  pause,
  pid: process.pid,
  discover: async () =>
    Promise.resolve({
      issuer: server,
      issPromised: false,
      document: {issuer: server},
      authorizationEndpoint: new URL(server),
      revocationEndpoint: undefined,
      deviceAuthorizationEndpoint: undefined,
    }),
  ask: async (login) => ({
    ...login,
    ...(await tokens(`${server}/refresh?token=${login.refreshToken?.reveal() ?? ''}`)),
    expiresAt: new Date(Date.now() - 1),
    obtainedAt: new Date(),
    rejected: undefined,
  }),
  revoke: async () => Promise.resolve(),
  uninterrupted: async (work) => work(new AbortController().signal),
}

async function signIn(): Promise<void> {
  const login: OAuthCredential = {
    type: 'oauth',
    provider: 'mogplex',
    source: {type: 'file', path},
    issuer: server,
    clientId: 'worker',
    grantId: `${process.pid}-${process.hrtime.bigint()}`,
    ...(await tokens(`${server}/login`)),
    scopes: ['read'],
    obtainedAt: new Date(),
    expiresAt: new Date(Date.now() - 1),
  }
  await authFile.store(login, new Date())
}

function stored(): OAuthCredential | undefined {
  for (const entry of authFile.read().entries) {
    if (entry.state === 'usable' && entry.credential.type === 'oauth') return entry.credential
  }
  return undefined
}

await authFile.remove(['groq']) // removes nothing, but loads all modules
writeSync(1, 'ready\n')
for (;;) {
  const login = stored()
  if (login === undefined || login.rejected !== undefined) await signIn()
  else if (doing === 'all' && Math.random() < 0.2) await authFile.remove(['mogplex'])
  else await refreshLogin(ports, login, {rejected: true}).catch(tell)
}

function tell(error: unknown): void {
  if (!(error instanceof Error && 'exitCode' in error)) throw error
  writeSync(1, `${error.message}\n`)
}
