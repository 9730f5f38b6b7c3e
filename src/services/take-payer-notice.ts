import type {AuthFile} from '../adapters/auth-file.js'
import {payerNotice, loginToReport} from '../domain/credential/login-for-prompts.js'
import type {CredentialSession} from './credential-session.js'

interface Ports {
  readonly session: Pick<CredentialSession, 'refresh' | 'tryResolution'>
  readonly authFile: Pick<AuthFile, 'amend'>
}

/**
 * A one-time notice after a sync found out that something else pays for prompts. Returning it marks
 * it as shown.
 */
export async function takePayerNotice({session, authFile}: Ports): Promise<string | undefined> {
  const resolution = session.tryResolution()
  if (resolution === undefined) return undefined
  const login = loginToReport(resolution.trace)
  if (login === undefined) return undefined
  // Where the mark cannot be removed, the notice is repeated: not a reason to fail.
  await authFile
    .amend(login.grantId, ({prompts, ...stored}) => ({
      ...stored,
      prompts: prompts && {accepted: prompts.accepted, at: prompts.at},
    }))
    .catch(() => undefined)
  session.refresh()
  return payerNotice(login, resolution)
}
