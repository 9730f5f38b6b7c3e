/*
 * A long-running process, like the composer and `attach`: for each line on standard input it sends
 * one request to the API, and prints one line about it.
 */
import {createHash} from 'node:crypto'
import {createInterface} from 'node:readline'
import {compose} from '../../../src/compose.js'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'

type Config = Parameters<typeof compose>[0]

// All that `compose` reads.
const config = {pjson: {name: 'under test'}, plugins: new Map(), version: '0.0.0'}
const {access} = compose(config as unknown as Config)

/** Identifies the used credential without revealing it. */
async function request(): Promise<string> {
  return access.use(async (credential) => {
    if (credential.type !== 'oauth') return 'a key'
    const token = credential.accessToken.reveal()
    const answer = await fetch(`${process.env.MOGPLEX_URL ?? ''}/api/v1/mogplex/repos`, {
      headers: {authorization: `Bearer ${token}`},
    })
    if (answer.status === 401) throw new CredentialRejectedError('Rejected.', undefined, true)
    return `${answer.status} ${createHash('sha256').update(token).digest('hex').slice(0, 12)}`
  })
}

for await (const _ of createInterface({input: process.stdin})) {
  const line = await request().catch((error: unknown) =>
    error instanceof Error && 'exitCode' in error
      ? `exit ${String(error.exitCode)} ${error.message}`
      : String(error),
  )
  process.stdout.write(`${line}\n`)
}
