import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {HostedFiles} from '../adapters/hosted-files.js'
import type {ModelChoiceFile} from '../adapters/model-choice-file.js'
import {NO_BALANCE, noBalance, noModelAccess} from '../domain/chat/chat-access-trouble.js'
import type {Credential} from '../domain/credential/credential.js'
import {payerPinError} from '../domain/credential/payer-pin.js'
import type {ProviderId} from '../domain/credential/provider-table.js'
import {hostedAccountOf} from '../domain/hosted/hosted-account.js'
import {apiBaseUrl, type Server} from '../domain/network/api-address.js'
import type {Payer} from './choose-model.js'
import {needsYes, notConfirmed} from './confirm-payment.js'

type WhoPays = Pick<Payer, 'credential' | 'isExplicit'>

interface JudgePorts {
  /** Where prompts are sent with this payer; fails where a variable holds no valid address. */
  readonly addressOf: (credential: Credential) => string
  readonly choices: Pick<ModelChoiceFile, 'read'>
  readonly hosted: Pick<HostedFiles, 'hasNoBalance' | 'readModels'>
  /** The server in use. */
  readonly server: Server
  /** The only provider that may pay; fails where a variable names an unknown one. */
  readonly pin?: () => ProviderId | undefined
}

const AFTERWARDS = 'Then run `mogplex models --refresh`: it asks again.'

/**
 * Why the next prompt would not be sent, or not be answered as far as is known without a request.
 * Shared by `whoami`, the gate for `model` and the app's header.
 *
 * @param payer - returns the payer, or fails where there is none
 * @returns exit 64: nothing pays, or not the only provider that may, or the user did not agree; 2:
 *   its address is invalid; 65: the account may call no model, or has no balance, as the last sync
 *   or a refused prompt showed
 */
export function promptErrorFor(
  payer: () => WhoPays,
  ports: () => JudgePorts,
): MogplexError | undefined {
  try {
    const {credential, isExplicit} = payer()
    const {addressOf, choices, hosted, server, pin} = ports()
    const notPinned = payerPinError(pin?.(), credential)
    if (notPinned !== undefined) return notPinned
    if (needsYes({credential, isExplicit}, choices)) return notConfirmed(credential)
    addressOf(credential)
    if (credential.provider !== 'mogplex') return undefined
    const account = hostedAccountOf(credential, server)
    const siteRoot = apiBaseUrl(credential, server)
    if (hosted.readModels(account)?.entries.length === 0) {
      const lacks = 'no model was enabled for it when it was last synced'
      return noModelAccess(lacks, siteRoot, AFTERWARDS)
    }
    return hosted.hasNoBalance(account) ? noBalance(NO_BALANCE, siteRoot, AFTERWARDS) : undefined
  } catch (error) {
    if (error instanceof MogplexError) return error
    throw error
  }
}
