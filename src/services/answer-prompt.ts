import type {ChatApi} from '../adapters/chat-api.js'
import type {ModelChoiceFile} from '../adapters/model-choice-file.js'
import {AnswerCleaner} from '../domain/chat/answer-cleaner.js'
import type {ChatEnd, ChatEvent, ChatMessage, ChatRequest} from '../domain/chat/chat.js'
import type {Credential, CredentialSource} from '../domain/credential/credential.js'
import {payerPinError} from '../domain/credential/payer-pin.js'
import {pickModel} from '../domain/chat/model-ids.js'
import {NoBalanceError} from '../domain/errors/access.js'
import {
  CredentialNotAcceptedError,
  CredentialRejectedError,
} from '../domain/errors/authentication.js'
import {RateLimitedError} from '../domain/errors/later.js'
import type {ModelChoice} from '../domain/chat/model-choice.js'
import {type ProviderId, providerOf} from '../domain/credential/provider-table.js'
import type {AccountAccess} from './account-access.js'
import type {ChosenModel} from './choose-model.js'
import {type Confirm, confirmPayment} from './confirm-payment.js'

const LIST_MS = 5000

/** The events while a prompt is answered, in this order; `text` any number of times. */
export type AnswerEvent =
  | {
      readonly type: 'asking'
      readonly provider: ProviderId
      readonly source: CredentialSource
      /** `undefined` where the server chooses. */
      readonly model: string | undefined
    }
  /**
   * A piece of the answer, safe for a terminal: contains line feeds and tabs, no other controls.
   */
  | {readonly type: 'text'; readonly text: string}
  | (ChatEnd & {readonly type: 'end'; readonly provider: ProviderId})

export interface PromptRequest {
  readonly prompt: string
  /** The conversation so far, oldest first. */
  readonly earlier?: readonly ChatMessage[]
  /** A model for this prompt only. */
  readonly choice?: ModelChoice | undefined
  /** The only provider that may pay for it. */
  readonly payer?: ProviderId | undefined
  readonly confirm: Confirm
  readonly signal?: AbortSignal | undefined
}

export interface AnswerPorts {
  readonly chosen: Pick<ChosenModel, 'payer'>
  readonly choices: Pick<ModelChoiceFile, 'read' | 'rememberConfirmed'>
  /** The only provider that may pay for prompts; fails where a variable names an unknown one. */
  readonly pin?: () => ProviderId | undefined
  readonly access: Pick<AccountAccess, 'use'>
  /** The API that this credential is for, and no other. */
  readonly api: (credential: Credential) => ChatApi
  /** Asks Mogplex whether it accepts a credential (contract 3); throws when it does not. */
  readonly checkToken: (credential: Credential, signal?: AbortSignal) => Promise<void>
  /** Finds out whether the account's login is accepted for prompts. */
  readonly learn: (signal: AbortSignal | undefined) => Promise<void>
  /** The recorded balance state of an account, which only a prompt reveals. */
  readonly balance: {note(credential: Credential): Promise<void>; forget(): void}
}

/**
 * Answers a prompt with the current payer. Neither the prompt nor the answer is stored anywhere.
 *
 * @throws {MogplexError} as {@link ChosenModel.payer} and the chat API do: 1, 64, 65, 69, 75, 130;
 *   parts of the answer that arrived have been yielded before
 */
export async function* answerPrompt(
  ports: AnswerPorts,
  {prompt, earlier = [], choice, payer: onlyPayer, confirm, signal}: PromptRequest,
): AsyncGenerator<AnswerEvent, void> {
  const payer = ports.chosen.payer(choice)
  const notPinned = payerPinError(onlyPayer ?? ports.pin?.(), payer.credential)
  if (notPinned !== undefined) throw notPinned
  await confirmPayment(payer, ports.choices, confirm)
  signal?.throwIfAborted()
  const {credential} = payer
  const {provider, source} = credential
  const model = payer.model ?? (await defaultModel(ports, credential, signal))
  yield {type: 'asking', provider, source, model}
  const messages = [...earlier, {role: 'user', content: prompt} as const]
  const answer = await ask(ports, credential, {model, messages}, signal)
  const text = new AnswerCleaner()
  for await (const event of answer) {
    if (event.type === 'text') {
      const piece = text.clean(event.text)
      if (piece !== '') yield {type: 'text', text: piece}
    } else {
      const rest = text.rest()
      if (rest !== '') yield {type: 'text', text: rest}
      if (provider === 'mogplex') ports.balance.forget()
      yield {...event, provider, model: event.model ?? model}
    }
  }
}

/** A login may need a refresh first, or after a rejection; a key beside it never does. */
async function ask(
  {access, api, checkToken, balance, learn}: AnswerPorts,
  credential: Credential,
  request: ChatRequest,
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<ChatEvent, void>> {
  if (credential.provider !== 'mogplex') return api(credential).ask(request, credential, signal)
  try {
    if (credential.type === 'api-key') return await api(credential).ask(request, credential, signal)
    return await access.use(async (fresh) => api(fresh).ask(request, fresh, signal), {signal})
  } catch (error) {
    // Failing to record it must not fail the prompt.
    if (error instanceof NoBalanceError) await balance.note(credential).catch(() => undefined)
    // A login from before that question existed has no recorded answer.
    if (error instanceof CredentialNotAcceptedError && credential.type === 'oauth') {
      await learn(signal)
    }
    if (!(error instanceof CredentialRejectedError) || !error.isUnauthorized) throw error
    // The server answers a rate-limited key like a wrong one here, so the check tells them apart.
    if (credential.type === 'api-key') await orTooMany(checkToken(credential, signal))
    throw error
  }
}

async function orTooMany(check: Promise<void>): Promise<void> {
  try {
    await check
  } catch (error) {
    if (error instanceof RateLimitedError) throw error
  }
}

/** Failing to get the list says nothing about prompts: then our default model is used. */
async function defaultModel(
  {api}: AnswerPorts,
  credential: Credential,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const wanted = providerOf(credential.provider).defaultModel
  if (wanted === undefined) return undefined
  const soon = AbortSignal.timeout(LIST_MS)
  const either = signal === undefined ? soon : AbortSignal.any([soon, signal])
  const listed = await api(credential)
    .models(credential, either)
    .catch(() => [])
  signal?.throwIfAborted()
  return pickModel(wanted, listed)
}
