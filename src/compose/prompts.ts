import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {type ChatApi, createChatApi} from '../adapters/chat-api.js'
import {ModelChoiceFile} from '../adapters/model-choice-file.js'
import {createMogplexApi} from '../adapters/mogplex-api.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import type {Credential} from '../domain/credential/credential.js'
import {pinnedPayer} from '../domain/credential/payer-pin.js'
import {hostedAccountOf} from '../domain/hosted/hosted-account.js'
import type {AccountAccess} from '../services/account-access.js'
import {type AnswerEvent, answerPrompt, type PromptRequest} from '../services/answer-prompt.js'
import {ChosenModel, type Payer} from '../services/choose-model.js'
import {
  listPayerModels,
  type PayerModels,
  type PayerModelsRequest,
} from '../services/list-payer-models.js'
import {composePromptAcceptance, type Hosted} from './hosted.js'
import {composeAddressOf, composePromptCheck} from './prompt-check.js'
import {observedPrompts} from '../recording/observed-work.js'
import type {SharedServices} from './shared-services.js'

/** Prompts, and the models that answer them. */
export interface Prompts {
  /** See {@link answerPrompt}: events until `end`, or an error. */
  readonly answer: (request: PromptRequest) => AsyncGenerator<AnswerEvent, void>
  /** See {@link ChosenModel.payer}: which credential would pay for the next prompt. No network. */
  readonly payer: () => Payer
  /** See {@link whyNoPrompt}: for {@link Prompts.payer}. No network. */
  readonly whyNone: () => MogplexError | undefined
  /** See {@link listPayerModels}. */
  readonly models: (request?: PayerModelsRequest) => Promise<PayerModels>
  /** See {@link ChosenModel.choose}. */
  readonly choose: ChosenModel['choose']
  /** See {@link ChosenModel.chooseDefault}. */
  readonly chooseDefault: ChosenModel['chooseDefault']
}

export function composePrompts(
  shared: SharedServices,
  access: AccountAccess,
  hosted: Pick<Hosted, 'models'>,
): Prompts {
  const {env, http, session, home, hostedFiles, clock, loadWriter, recorder} = shared
  const choices = new ModelChoiceFile({home, loadWriter})
  const chosen = new ChosenModel({session, file: choices})
  const addressOf = composeAddressOf({env, session})
  const api = (credential: Credential): ChatApi => createChatApi(http, addressOf(credential))
  const siteRoot = (credential: Credential) => apiBaseUrl(credential, session.settings)
  const checkToken = async (credential: Credential, signal?: AbortSignal) =>
    createMogplexApi(http, siteRoot(credential)).checkToken(credential, signal)
  const learn = composePromptAcceptance(shared, access)
  const pin = () => pinnedPayer(env)
  const balance = {
    note: async (credential: Credential) =>
      hostedFiles.noteNoBalance(hostedAccountOf(credential, session.settings), clock.now()),
    forget: () => hostedFiles.forgetNoBalance(),
  }
  const prompts: Prompts = {
    answer: (request) =>
      answerPrompt({chosen, choices, access, api, checkToken, balance, learn, pin}, request),
    payer: () => chosen.payer(),
    whyNone: composePromptCheck(shared, () => chosen.payer()),
    models: async (request) =>
      listPayerModels({chosen, choices, api, siteRoot, hosted: hosted.models}, request),
    choose: async (choice) => chosen.choose(choice),
    chooseDefault: async () => chosen.chooseDefault(),
  }
  return observedPrompts(prompts, recorder)
}
