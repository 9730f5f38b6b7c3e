import type {Session} from '@mogplex/plugin-kit'
import {UsageError} from '../domain/errors.js'
import {exactly, type Repository} from '../domain/repository.js'
import {listRepositories, lookUpRepository, noSuchRepository} from './repositories.js'
import {noteRepositories} from './note-repositories.js'

interface RepositoryChoice {
  readonly session: Pick<Session, 'choose' | 'keep' | 'kept' | 'request'>
  /** A person is present to answer questions. */
  readonly interactive: boolean
  /** The repository of the folder, if it has one. */
  readonly origin: () => string | undefined
  readonly signal?: AbortSignal | undefined
  /** The flag that names a repository: `--repo OWNER/NAME`. */
  readonly how: string
}

/**
 * The repository to use: the named one; without a name, the person's choice, with the origin of the
 * folder first. Without a terminal, nothing is guessed.
 *
 * @throws {UsageError} exit 2, when none is named and nobody can be asked
 * @throws {NoSuchRepositoryError} exit 1, with similar names
 */
export async function chooseRepository(
  {session, interactive, origin, signal, how}: RepositoryChoice,
  wanted: string | undefined,
): Promise<Repository> {
  if (wanted !== undefined) {
    const found = await lookUpRepository(session, wanted, signal)
    if (!Array.isArray(found)) return found
    const error = noSuchRepository(wanted, found)
    if (!interactive || found.length === 0) throw error
    return session.choose(`${error.message} Which one?`, found.map(choiceOf))
  }
  const here = origin()
  if (!interactive) {
    const hint =
      here === undefined ? '`mogplex repos list` shows those there are' : `here that may be ${here}`
    throw new UsageError('No repository is named.', `Name it by ${how}: ${hint}.`)
  }
  const all = await listRepositories(session, {signal})
  await noteRepositories(session, all)
  if (all.length === 0) {
    throw new UsageError(
      'Mogplex has access to no repository of this account.',
      'Give it access to one at GitHub, in the settings of Mogplex.',
    )
  }
  const own = here === undefined ? undefined : await ownOf(session, all, here, signal)
  const others = all.filter(({id}) => id !== own?.id)
  const first = own && {...choiceOf(own), note: 'the origin of this folder'}
  return session.choose('In which repository?', [
    ...(first ? [first] : []),
    ...others.map(choiceOf),
  ])
}

/** There may be more than the service lists at once. */
async function ownOf(
  session: Pick<Session, 'request'>,
  all: readonly Repository[],
  name: string,
  signal: AbortSignal | undefined,
): Promise<Repository | undefined> {
  const listed = exactly(all, name)
  if (listed !== undefined) return listed
  const found = await lookUpRepository(session, name, signal)
  return Array.isArray(found) ? undefined : found
}

function choiceOf(repository: Repository) {
  return {name: repository.name, value: repository}
}
