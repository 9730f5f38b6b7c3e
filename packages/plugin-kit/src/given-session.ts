import type {Session} from './session.js'

let given: Session | undefined

/** The session that a test has set in place of the CLI's. */
export function givenSession(): Session | undefined {
  return given
}

/** Runs a function with this session in place of the CLI's: one at a time in a process. */
export async function withSession<T>(session: Session, work: () => Promise<T>): Promise<T> {
  if (given !== undefined) throw new Error('Another command under test runs: one at a time.')
  given = session
  try {
    return await work()
  } finally {
    given = undefined
  }
}
