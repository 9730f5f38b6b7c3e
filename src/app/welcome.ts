import {whereToGetAccess} from '../domain/chat/chat-access-trouble.js'
import type {Credential} from '../domain/credential/credential.js'
import {CancelledError} from '../domain/errors/cancelled.js'
import type {SyncSummary} from '../services/sync-hosted-state.js'
import {listenForInterrupt} from '../terminal/interrupt.js'
import {mcpServersCount, modelsCount} from './hosted-text.js'
import {syncTeller} from './list-showing.js'
import {tellStored} from './login-talk.js'
import {accountName} from './names.js'
import {showingOn} from './showing.js'
import {blockAt, hasScreen} from './sign-in-block.js'
import {type Desk, type Done, type SignInServices, talkAt} from './sign-in.js'
import {syncFailedText} from './sync-progress.js'
import type {TimeLimit} from './time-limit.js'

/**
 * Says who signed in, and syncs the lists of the account: that they fail is no failure.
 *
 * @param limit - of the sync
 * @param names - the signals that interrupt it
 */
export async function welcome(
  desk: Desk,
  {credential, keptAside, exposure, replaced}: Done,
  {limit, names}: {limit?: TimeLimit | undefined; names?: readonly NodeJS.Signals[]} = {},
): Promise<void> {
  const {services, issuer, env, argv, stdout, stderr, logJson} = desk
  const talk = talkAt(desk)
  const {resolution} = services.session // as the login found it: a sync learns more
  const tell = (lists: readonly string[] = []): void => {
    const stored = {credential, keptAside, exposure, replaced, resolution, issuer, lists}
    tellStored(stored, talk, showingOn(stdout, env, argv))
  }
  if (credential.provider !== 'mogplex') {
    tell()
    return
  }
  const interrupt = listenForInterrupt(
    new CancelledError('The sync was interrupted.', 'Run `mogplex models --refresh` later.'),
    {limit, ...(names && {names})},
  )
  const place = {desk, isInForeground: await services.isInForeground()}
  const block = hasScreen(place) ? blockAt(place, {onLeave: interrupt.interrupt}) : undefined
  const warnings: string[] = []
  const tellSync = syncTeller(stderr, env, argv, logJson !== undefined)
  if (block === undefined) tell()
  let synced: SyncSummary | undefined
  try {
    block?.show({doing: syncingText(credential)})
    synced = await services.hosted.sync({
      tell: (event) => {
        if (block === undefined) tellSync(event)
        else if (event.type === 'failed') warnings.push(syncFailedText(event))
      },
      signal: interrupt.signal,
    })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    warnings.push(`You are signed in. ${error.message}`)
  } finally {
    block?.close()
    interrupt.release()
  }
  if (block !== undefined) tell(synced === undefined ? [] : syncedTexts(synced))
  talk.say(warnings)
  if (logJson === undefined) talk.say(await accessLines(services))
}

function syncingText({account}: Credential): string {
  const who = account && accountName(account)
  return `Signed in${who === undefined ? '' : ` as ${who}`}. Syncing models and MCP servers`
}

function syncedTexts({models, mcpServers}: SyncSummary): string[] {
  return [
    ...('count' in models ? [modelsCount(models.count)] : []),
    ...('count' in mcpServers ? [mcpServersCount(mcpServers.count)] : []),
  ]
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
