import type {Caller} from './caller.js'
import {cannedAnswer, tokensIn} from './inference/canned-answers.js'
import {readChatRequest} from './inference/chat-request.js'
import {chatCompletion, chatStream} from './inference/chat-response.js'
import {
  isFailureMode,
  isFailureModel,
  REFUSALS,
  refusalNamed,
  refuse,
  requestedFailure,
} from './inference/failures.js'
import type {DemoAccount} from './demo-accounts.js'
import {MODELS, type Model} from './model-catalog.js'
import {modelsOf} from './model-listings.js'

/**
 * Chat completions with canned answers (contract section 10). No model runs, and prompts are not
 * stored.
 */
export async function answerInference({account}: Caller, request: Request): Promise<Response> {
  const asked = await readChatRequest(request)
  if (typeof asked === 'string') return refuse({status: 400, message: asked})
  const failure = requestedFailure(asked.model, asked.prompt)
  if (!account?.modelAccess) return refuse(REFUSALS['no-model'])
  const model = modelFor(account, isFailureModel(asked.model) ? undefined : asked.model)
  if (!model) return refuse({status: 400, message: `There is no model ${asked.model ?? ''}.`})
  const refusal = refusalNamed(failure)
  if (refusal) return refusal
  const text = cannedAnswer(model, asked)
  const answer = {
    model: model.id,
    text,
    turn: isFailureMode(failure) ? failure : undefined,
    promptTokens: tokensIn(asked.prompt),
    completionTokens: tokensIn(text),
  }
  return asked.stream ? chatStream(answer) : chatCompletion(answer)
}

/** A model without a slash that is not in the catalog silently becomes the account's default. */
function modelFor(account: DemoAccount, wanted = ''): Model | undefined {
  const known = modelsOf(account).find(({id}) => id === wanted)
  if (known ?? wanted.includes('/')) return known
  return MODELS.find(({id}) => id === account.defaultModel)
}
