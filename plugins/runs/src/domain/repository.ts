import {asList, type Fields, textOf} from './json.js'

/** A repository that Mogplex may work on (`GET /repos`). Texts are printable. */
export interface Repository {
  readonly id: string
  /** `owner/name`. */
  readonly name: string
  readonly defaultBranch: string
  readonly rootDirectory: string
  /** As the service sent it. */
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

/** `owner/name`, in GitHub's format. */
export function isName(text: string): boolean {
  return NAME.test(text)
}

/** The repository of that id or name. GitHub ignores the case of names. */
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

/** The search text for a similar name: its last part. */
export function searchWord(wanted: string): string {
  return wanted.split('/').findLast((part) => part !== '') ?? wanted
}

/** The likeliest first: those with the same name, then those that contain the word. */
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
