import type {Account} from '../../src/domain/credential/credential.js'
import {outsideText} from '../../src/domain/text/outside-text.js'

interface ReportedAccount {
  readonly id: string
  readonly email?: string
  readonly name?: string
}

/** An account as a server reports it. */
export function makeAccount({id, email, name}: ReportedAccount): Account {
  return {
    id,
    ...(email !== undefined && {email: outsideText(email)}),
    ...(name !== undefined && {name: outsideText(name)}),
  }
}

/** A value as JSON shows it: texts from outside are compared by their contents. */
export function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
