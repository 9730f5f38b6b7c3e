import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthNeed} from '@mogplex/plugin-kit/session'

/** A command declares an unknown auth need: it must not run. Exit 1. */
export class UnknownAuthNeedError extends MogplexError {
  readonly code = 'UNKNOWN_AUTH_NEED'
  readonly exitCode = ExitCode.Failed
  readonly remedy = "Set its `static auth` to 'account', 'model', 'any', 'write' or 'none'."

  /** @param who - the command, as in "The command x" */
  constructor(who: string) {
    super(`${who} does not say in known words which credential it needs.`)
  }
}

const NEEDS: readonly unknown[] = ['account', 'any', 'model', 'none', 'write'] satisfies AuthNeed[]

/**
 * The auth need that a command class declares with `static auth`; `none` when it declares none.
 *
 * @throws {UnknownAuthNeedError} exit 1: a misspelt name closes the gate instead of opening it
 */
export function authNeedOf(command: object & {id?: string}): AuthNeed {
  const need: unknown = 'auth' in command ? command.auth : undefined
  if (need === undefined) return 'none'
  if (isAuthNeed(need)) return need
  throw new UnknownAuthNeedError(`The command ${command.id ?? 'without a name'}`)
}

export function isAuthNeed(need: unknown): need is AuthNeed {
  return NEEDS.includes(need)
}
