import type {AuthFile} from '../adapters/auth-file.js'
import {payerNotice, loginToReport} from '../domain/credential/login-for-prompts.js'
import type {CredentialSession} from './credential-session.js'

interface Ports {
  readonly session: Pick<CredentialSession, 'refresh' | 'tryResolution'>
  readonly authFile: Pick<AuthFile, 'amend'>
}

/**
 * What a person should hear once, since a sync found out that something else pays for prompts:
 * whoever takes it shows it.
 */
export async function takePayerNotice({session, authFile}: Ports): Promise<string | undefined> {
  const resolution = session.tryResolution()
  if (resolution === undefined) return undefined
  const login = loginToReport(resolution.trace)
  if (login === undefined) return undefined
  // Where the mark cannot be taken away, it is said again: no reason not to go on.
  await authFile
    .amend(login.grantId, ({prompts, ...stored}) => ({
      ...stored,
      prompts: prompts && {accepted: prompts.accepted, at: prompts.at},
    }))
    .catch(() => undefined)
  session.refresh()
  return payerNotice(login, resolution)
}
