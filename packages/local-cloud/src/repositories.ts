import {success} from './answers.js'
import type {Caller} from './caller.js'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const LIMIT = {least: 1, most: 200, usual: 100}

/** `GET /repos?q=&limit=&id=`: ordered by name; the limit is clamped (contract sections 6 and 7). */
export function listRepositories({account}: Caller, {searchParams}: URL): Response {
  const id = searchParams.get('id')
  const q = searchParams.get('q')?.trim().toLowerCase() ?? ''
  const repos = (account?.repositories ?? [])
    .filter((repo) => id === null || (isUuid(id) && repo.id === id.toLowerCase()))
    .filter((repo) => repo.full_name.toLowerCase().includes(q))
    .toSorted((a, b) => (a.full_name < b.full_name ? -1 : 1))
  return success({repos: repos.slice(0, limitOf(searchParams))})
}

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** The requested number: clamped, not refused (contract section 6). */
export function limitOf(query: URLSearchParams): number {
  const limit = Number.parseInt(query.get('limit') ?? '', 10)
  if (Number.isNaN(limit)) return LIMIT.usual
  return Math.min(Math.max(limit, LIMIT.least), LIMIT.most)
}
