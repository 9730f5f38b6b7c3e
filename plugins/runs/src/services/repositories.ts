import {printable, type Session} from '@mogplex/plugin-kit'
import {NoSuchRepositoryError} from '../domain/errors.js'
import {asFields} from '../domain/json.js'
import {
  candidates,
  exactly,
  isId,
  parseRepositories,
  type Repository,
  searchWord,
} from '../domain/repository.js'

/** The service's maximum; it has no further pages. */
export const MAX_LISTED = 200

interface Search {
  /** A part of the name. */
  readonly q?: string | undefined
  readonly id?: string
  readonly signal?: AbortSignal | undefined
}

export async function listRepositories(
  session: Pick<Session, 'request'>,
  {signal, ...query}: Search = {},
): Promise<Repository[]> {
  const answer = await session.request('/repos', {
    query: {...query, limit: MAX_LISTED},
    signal,
  })
  return parseRepositories(asFields(answer)?.repos)
}

/**
 * The repository of that id or name.
 *
 * @param wanted - an id, or `owner/name`
 * @returns similar ones, where it does not exist
 */
export async function lookUpRepository(
  session: Pick<Session, 'request'>,
  wanted: string,
  signal?: AbortSignal,
): Promise<Repository | Repository[]> {
  const word = searchWord(wanted)
  if (!isId(wanted)) {
    const byName = await listRepositories(session, {q: wanted, signal})
    const found = exactly(byName, wanted)
    if (found !== undefined || word === wanted) return found ?? candidates(byName, wanted)
    return candidates(await listRepositories(session, {q: word, signal}), wanted)
  }
  const found = exactly(await listRepositories(session, {id: wanted, signal}), wanted)
  return found ?? []
}

/** @throws {NoSuchRepositoryError} exit 1, with similar names */
export async function findRepository(
  session: Pick<Session, 'request'>,
  wanted: string,
): Promise<Repository> {
  const found = await lookUpRepository(session, wanted)
  if (!Array.isArray(found)) return found
  throw noSuchRepository(wanted, found)
}

export function noSuchRepository(
  wanted: string,
  others: readonly Repository[],
): NoSuchRepositoryError {
  return new NoSuchRepositoryError(
    printable(wanted, 200),
    others.map(({name}) => name),
  )
}

/** The names of repositories by their ids; unavailable ones are missing: ids are shown instead. */
export async function repositoryNames(
  session: Pick<Session, 'request'>,
): Promise<ReadonlyMap<string, string>> {
  const all = await listRepositories(session).catch(() => [])
  return new Map(all.map(({id, name}) => [id, name]))
}

/** The name of one; `undefined` where unavailable. */
export async function repositoryName(
  session: Pick<Session, 'request'>,
  id: string,
): Promise<string | undefined> {
  if (!isId(id)) return undefined
  const found = await listRepositories(session, {id}).catch(() => [])
  return found.find((each) => each.id === id)?.name
}
