import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {MalformedVariableError, NotLoggedInError} from './authentication.js'
import {unsetting} from '../platform/shell.js'
import {profileNameProblem} from '../profile/profile-name.js'
import {UsageError} from './usage.js'

/** The key in a variable is known to belong to a different account than the profile: exit 64. */
export class OtherAccountError extends MalformedVariableError {
  override readonly code = 'OTHER_ACCOUNT'
  override readonly remedy: string

  constructor(variable: string, why: string) {
    super(variable, why)
    this.remedy = `\`${unsetting(variable)}\`, or use the profile of that account: \`mogplex profiles\` lists them.`
  }
}

/** Nobody is signed in to a profile: exit 64. */
export class NotLoggedInToProfileError extends NotLoggedInError {
  override readonly remedy: string

  constructor(profile: string) {
    super(`Nobody is signed in to the profile ${profile}.`)
    this.remedy = `Run \`mogplex login --profile ${profile}\`; \`mogplex profiles\` lists the profiles.`
  }
}

/** Somebody signed in with a different account than the profile's; nothing was stored: exit 64. */
export class SwitchNeededError extends MogplexError {
  readonly code = 'OTHER_ACCOUNT'
  readonly exitCode = ExitCode.Authentication
  readonly remedy: string

  /**
   * @param ended - what happened to the new sign-in, as a sentence
   */
  constructor(
    readonly profile: string,
    readonly from: string,
    readonly to: string,
    ended = '',
  ) {
    super(
      `The profile ${profile} belongs to ${from}, but ${to} signed in; nothing was stored.${ended}`,
    )
    this.remedy = `Sign in to another profile with \`mogplex login --profile NAME\`, or switch this one with \`mogplex login --profile ${profile} --switch\`.`
  }
}

/** The profile does not exist (any more), and only a login creates one: exit 64. */
export class NoSuchProfileError extends MogplexError {
  readonly code = 'NO_SUCH_PROFILE'
  readonly exitCode = ExitCode.Authentication
  readonly remedy: string

  constructor(profile: string) {
    super(`The profile ${profile} does not exist.`)
    this.remedy = `\`mogplex login --profile ${profile}\` creates it; \`mogplex profiles\` lists the profiles.`
  }
}

/** An invalid profile name: exit 2. */
class BadProfileNameError extends UsageError {
  override readonly code = 'BAD_PROFILE_NAME'

  constructor(name: string, why: string) {
    super(`${JSON.stringify(name)} ${why}.`, 'Choose another name, such as `work`.')
  }
}

/** @throws {BadProfileNameError} exit 2 */
export function requireProfileName(name: string): string {
  const why = profileNameProblem(name)
  if (why !== undefined) throw new BadProfileNameError(name, why)
  return name
}

/** `default` always exists: exit 2. */
export class DefaultProfileError extends UsageError {
  constructor() {
    super(
      'The profile default cannot be removed.',
      'Sign out of it: `mogplex --profile default logout --all`.',
    )
  }
}

/** `CODEX_HOME` has one account: exit 2. */
export class NoProfilesHereError extends UsageError {
  override readonly code = 'NO_PROFILES_HERE'

  constructor() {
    super(
      'CODEX_HOME has no profiles: its auth.json may be shared with Codex.',
      'Set MOGPLEX_HOME instead, or omit the profile.',
    )
  }
}
