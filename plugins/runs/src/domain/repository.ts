import {asList, type Fields, textOf} from './json.js'

/** A repository that Mogplex may work on (`GET /repos`). Texts are printable. */
export interface Repository {
  readonly id: string
  /** `owner/name`. */
  readonly name: string
  readonly defaultBranch: string
  readonly rootDirectory: string
  /** As the service gave it. */
  readonly given: Fields
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const NAME = /^[\w.-]+\/[\w.-]+$/
const MAX_CANDIDATES = 5

export function parseRepositories(value: unknown): Repository[] {
  return asList(value).flatMap((given) => {
    const [id, name] = [textOf(given.id), textOf(given.full_name)]
    if (id === '' || name === '') return []
    const defaultBranch = textOf(given.default_branch)
    return [{id, name, defaultBranch, rootDirectory: textOf(given.root_directory), given}]
  })
}

/** Ids are UUIDs at the hosted service. */
export function isId(text: string): boolean {
  return UUID.test(text)
}

/** `owner/name`, as GitHub has them. */
export function isName(text: string): boolean {
  return NAME.test(text)
}

/** The one of that id or name. GitHub's names are the same in any case of letters. */
export function exactly(
  repositories: readonly Repository[],
  wanted: string,
): Repository | undefined {
  const lower = wanted.toLowerCase()
  return (
    repositories.find(({id, name}) => id === wanted || name === wanted) ??
    repositories.find(({id, name}) => id.toLowerCase() === lower || name.toLowerCase() === lower)
  )
}

/** By what to search for something like that name: the last part of it. */
export function searchWord(wanted: string): string {
  return wanted.split('/').findLast((part) => part !== '') ?? wanted
}

/** The likeliest first: those of the same name, then those that have the word in it. */
export function candidates(repositories: readonly Repository[], wanted: string): Repository[] {
  const word = searchWord(wanted).toLowerCase()
  const likeness = ({name}: Repository): number => {
    const own = name.toLowerCase().split('/').at(-1) ?? ''
    if (own === word) return 0
    return own.startsWith(word) ? 1 : 2
  }
  return repositories
    .filter(({name}) => name.toLowerCase().includes(word))
    .sort((one, other) => likeness(one) - likeness(other))
    .slice(0, MAX_CANDIDATES)
}
