import type {AuthFileContents} from '../../../src/adapters/auth-file.js'
import {AuthMembers} from '../../../src/domain/auth-file/auth-document.js'
import type {Environment} from '../../../src/domain/settings/environment.js'
import type {StoredEntry} from '../../../src/domain/auth-file/stored-entries.js'
import {CredentialSession} from '../../../src/services/credential-session.js'
import type {SessionProfile} from '../../../src/services/find-credentials.js'
import {AUTH_PATH, NOW} from '../../support/make-credential.js'

/** The contents of `auth.json`, as they are read. */
export function contents(
  entries: readonly StoredEntry[] = [],
  notices: readonly string[] = [],
): AuthFileContents {
  return {document: {state: 'whole', members: new AuthMembers('{}', new Map())}, entries, notices}
}

export const BROKEN: AuthFileContents = {
  document: {state: 'broken', why: 'it is not JSON'},
  entries: [],
  notices: [],
}

interface Looking {
  readonly env?: Environment
  readonly read?: () => AuthFileContents
  readonly notices?: readonly string[]
  readonly now?: () => Date
  readonly profile?: SessionProfile
}

/** A session with this environment and this file, at noon of the tests. */
export function makeSession({
  env = {},
  read = contents,
  notices = [],
  now = () => NOW,
  profile,
}: Looking): CredentialSession {
  const authFile = {path: AUTH_PATH, read}
  return new CredentialSession({env, authFile, clock: {now}, notices, profile})
}
