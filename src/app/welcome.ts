import {whereToGetAccess} from '../domain/chat/chat-access-trouble.js'
import {CancelledError} from '../domain/errors/cancelled.js'
import {listenForInterrupt} from '../terminal/interrupt.js'
import {syncTeller} from './list-showing.js'
import {tellStored} from './login-talk.js'
import {showingOn} from './showing.js'
import {type Desk, type Done, type SignInServices, talkAt} from './sign-in.js'
import type {TimeLimit} from './time-limit.js'

/**
 * Says who signed in, and syncs the lists of the account: that they fail is no failure.
 *
 * @param limit - of the sync
 * @param names - the signals that interrupt it
 */
export async function welcome(
  desk: Desk,
  {credential, keptAside, replaced}: Done,
  {limit, names}: {limit?: TimeLimit | undefined; names?: readonly NodeJS.Signals[]} = {},
): Promise<void> {
  const {services, issuer, env, argv, stdout, stderr, logJson} = desk
  const talk = talkAt(desk)
  const {resolution} = services.session
  const showing = showingOn(stdout, env, argv)
  tellStored({credential, keptAside, replaced, resolution, issuer}, talk, showing)
  if (credential.provider !== 'mogplex') return
  const interrupt = listenForInterrupt(
    new CancelledError('The sync was interrupted.', 'Run `mogplex models --refresh` later.'),
    {limit, ...(names && {names})},
  )
  try {
    await services.hosted.sync({
      tell: syncTeller(stderr, env, argv, logJson !== undefined),
      signal: interrupt.signal,
    })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    talk.say([`You are signed in. ${error.message}`])
  } finally {
    interrupt.release()
  }
  if (logJson === undefined) talk.say(await accessLines(services))
}

/** What a person without access to models is told at once, or that something else pays than before. */
async function accessLines(services: SignInServices): Promise<string[]> {
  const notice = await services.takePayerNotice()
  const lack = await services.whyNoPrompt()
  switch (lack?.code) {
    case 'NO_MODEL_ACCESS':
      return [lack.message, lack.remedy]
    case 'CREDENTIAL_NOT_ACCEPTED':
      return [lack.message, lack.remedy, whereToGetAccess(services.session.settings.baseUrl)]
    default:
      return notice === undefined ? [] : [notice]
  }
}
