import {whereToGetAccess} from '../../domain/chat/chat-access-trouble.js'
import type {Credential} from '../../domain/credential/credential.js'
import {CancelledError} from '../../domain/errors/cancelled.js'
import type {SyncSummary} from '../../services/sync-hosted-state.js'
import {listenForInterrupt} from '../../terminal/interrupt.js'
import {mcpServersCount, modelsCount} from '../hosted-text.js'
import {syncTeller} from '../list-display.js'
import {tellStored} from './login-output.js'
import {accountName} from '../names.js'
import {displayFor} from '../display.js'
import {blockAt, hasScreen} from './sign-in-block.js'
import {
  type SignInContext,
  type SignInResult,
  type SignInServices,
  outputOf,
} from './sign-in-context.js'
import {syncFailedText} from '../sync-progress.js'
import type {TimeLimit} from '../time-limit.js'

/**
 * Prints who signed in, and syncs the lists of the account; a failed sync is only a warning.
 *
 * @param limit - the time limit of the sync
 * @param names - the signals that interrupt it
 */
export async function welcome(
  context: SignInContext,
  {credential, keptAside, exposure, replaced}: SignInResult,
  {limit, names}: {limit?: TimeLimit | undefined; names?: readonly NodeJS.Signals[]} = {},
): Promise<void> {
  const {services, issuer, env, argv, stdout, stderr, logJson} = context
  const output = outputOf(context)
  const {resolution} = services.session // the state after the login: a sync may change it
  const tell = (lists: readonly string[] = []): void => {
    const stored = {credential, keptAside, exposure, replaced, resolution, issuer, lists}
    tellStored(stored, output, displayFor(stdout, env, argv))
  }
  if (credential.provider !== 'mogplex') {
    tell()
    return
  }
  const interrupt = listenForInterrupt(
    new CancelledError('The sync was interrupted.', 'Run `mogplex models --refresh` later.'),
    {limit, ...(names && {names})},
  )
  const place = {context, isInForeground: await services.isInForeground()}
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
  output.say(warnings)
  if (logJson === undefined) output.say(await accessLines(services))
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

/** Prints at once that the account has no access to models, or that a sync has changed who pays. */
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
