import type {Caller} from './caller.js'
import type {DemoAccount} from './demo-accounts.js'

/** The answer of `/api/auth/user` about the owner of a key (contract section 5). */
interface UserProfile {
  readonly id: string
  readonly email: string
  readonly username: string
  readonly name: string
  readonly avatar_url: null
  readonly github_username: string | null
}

/** @returns `null`, as on the wire, when the user is not a demo account */
export function userOf({userId, account}: Caller): UserProfile | null {
  if (!account) return null
  const {email, name, username, githubUsername} = account
  return {
    id: userId,
    email,
    username,
    name,
    avatar_url: null,
    github_username: githubUsername,
  }
}

/** The answer of `/api/settings`: does not identify the account (contract section 5). */
export function settingsOf(account: DemoAccount | undefined): object {
  return {default_model: account?.defaultModel ?? null, theme: 'system'}
}
