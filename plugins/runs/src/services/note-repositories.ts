import {MogplexError, type Session} from '@mogplex/plugin-kit'
import type {Repository} from '../domain/repository.js'

/** The name under which repositories are stored for completion. */
const NOTE = 'repositories'
const MAX_NAMES = 500

/** Stores the names of repositories for completion. A failure has no effect. */
export async function noteRepositories(
  session: Pick<Session, 'keep' | 'kept'>,
  repositories: readonly Pick<Repository, 'name'>[],
): Promise<void> {
  const names = repositories.map(({name}) => name)
  const withNames = (kept: unknown): string[] =>
    [...new Set([...names, ...textsIn(kept)])].slice(0, MAX_NAMES)
  try {
    const before = textsIn(await session.kept(NOTE))
    if (names.every((name) => before.includes(name))) return
    await session.keep(NOTE, (kept) => withNames(kept))
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
  }
}

function textsIn(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : []
  return all.filter((each) => typeof each === 'string')
}
