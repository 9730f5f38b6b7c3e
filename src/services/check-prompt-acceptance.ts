import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthFile} from '../adapters/auth-file.js'
import type {Clock} from '../adapters/clock.js'
import type {MogplexApi} from '../adapters/mogplex-api.js'
import type {AskAboutPrompts} from '../adapters/mogplex-api/prompt-acceptance.js'
import type {OAuthCredential} from '../domain/credential/credential.js'
import {isPayerChanged} from '../domain/credential/login-for-prompts.js'
import type {AccountAccess} from './account-access.js'
import type {CredentialSession} from './credential-session.js'

interface AcceptancePorts {
  readonly ask: AskAboutPrompts
  readonly api: Pick<MogplexApi, 'checkToken'>
  readonly access: Pick<AccountAccess, 'credential'>
  readonly authFile: Pick<AuthFile, 'amend'>
  readonly session: Pick<CredentialSession, 'refresh' | 'resolution'>
  readonly clock: Clock
}

/**
 * Asks whether the stored login is accepted for prompts, where it is the account, and stores the
 * answer with it, for this grant only. An inconclusive answer changes nothing: failures are not
 * reported, since a prompt would report them.
 *
 * @throws the signal's reason
 */
export async function checkPromptAcceptance(
  ports: AcceptancePorts,
  signal?: AbortSignal,
): Promise<void> {
  try {
    const login = await ports.access.credential({signal})
    if (login.type !== 'oauth') return
    const accepted = await isAccepted(ports, login, signal)
    if (accepted !== undefined) await note(ports, login, accepted)
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof MogplexError)) throw error
  }
}

async function isAccepted(
  {ask, api}: AcceptancePorts,
  login: OAuthCredential,
  signal: AbortSignal | undefined,
): Promise<boolean | undefined> {
  switch (await ask(login, signal)) {
    case 'accepted':
      return true
    case 'refused':
      return false
    case 'unauthorized':
      // For an expired token, the answer says nothing about logins.
      await api.checkToken(login, signal)
      return false
    case 'unknown':
      return undefined
  }
}

async function note(
  {authFile, session, clock}: AcceptancePorts,
  {grantId}: OAuthCredential,
  accepted: boolean,
): Promise<void> {
  session.refresh()
  const untold = isPayerChanged(session.resolution, accepted) || undefined
  await authFile.amend(grantId, (stored) => {
    if (stored.prompts?.accepted === accepted) return undefined
    return {...stored, prompts: {accepted, at: clock.now(), ...(untold && {untold})}}
  })
  session.refresh()
}
