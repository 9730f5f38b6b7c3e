import {CancelledError} from '../../domain/errors/cancelled.js'
import {UsageError} from '../../domain/errors/usage.js'
import type {Environment} from '../../domain/settings/environment.js'
import type {ChatUsage} from '../../domain/chat/chat.js'
import {type ModelChoice, parseChoice} from '../../domain/chat/model-choice.js'
import type {ProviderId} from '../../domain/credential/provider-table.js'
import type {AnswerEvent, PromptRequest} from '../../services/answer-prompt.js'
import type {Payer} from '../../services/choose-model.js'
import {ANSWER_INTERRUPTED} from '../composer/interruptible-work.js'
import {answerEndText, earlyEndText, emptyAnswer} from './answer-end-text.js'
import {confirmPayer} from './confirm-payer.js'
import {listenForInterrupt} from '../../terminal/interrupt.js'
import {paletteFor, wantsColour} from '../../terminal/palette.js'
import {promptOf} from './prompt-input.js'
import {promptOnce} from './prompt-once.js'
import {timeLimit} from '../time-limit.js'

interface OnceFlags {
  /** The prompt, or `-`. */
  readonly prompt: string
  readonly model?: string | undefined
  /** The only provider that may pay. */
  readonly payer?: ProviderId | undefined
  /** The limit for everything, in seconds. */
  readonly timeout?: number | undefined
  readonly json: boolean
}

interface OncePorts {
  readonly prompts: {
    readonly answer: (request: PromptRequest) => AsyncIterable<AnswerEvent>
    readonly payer: () => Payer
  }
  readonly env: Environment
  readonly argv: readonly string[]
  /** A person is present to answer questions. */
  readonly interactive: boolean
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** The answer was shown, but is incomplete: exit 1. */
  readonly fail: () => void
}

/** What `--prompt --json` prints. */
interface OnceReport {
  readonly provider: ProviderId
  /** The model that ran; `null` where the server did not say. */
  readonly model: string | null
  readonly text: string
  /** `stop`, `length`, `content_filter` and the like; `null` where the server did not say. */
  readonly finishReason: string | null
  /** `null` where the server sent no counts. */
  readonly usage: ChatUsage | null
}

/**
 * `mogplex --prompt`: the answer on standard output, as it arrives; with `json` all of it at the
 * end. The token usage is printed for a person at a terminal, and the reason for an incomplete
 * answer always, on stderr.
 *
 * @throws {UsageError} exit 2, when there is no prompt, or the model is invalid; {EmptyAnswerError}
 *   exit 1, when the answer has no text; errors of the answer
 */
export async function answerOnce(
  {prompt: value, model, payer, timeout, json}: OnceFlags,
  {prompts, env, argv, interactive, stdin, stdout, stderr, fail}: OncePorts,
): Promise<OnceReport | undefined> {
  const choice = model === undefined ? undefined : choiceOf(model, prompts.payer)
  const interrupt = listenForInterrupt(
    new CancelledError(ANSWER_INTERRUPTED, 'Give the prompt again.'),
    {limit: timeLimit('The answer', timeout)},
  )
  const {signal} = interrupt
  const stopReading = (): void => {
    stdin.destroy(signal.reason instanceof Error ? signal.reason : undefined)
  }
  try {
    signal.addEventListener('abort', stopReading, {once: true})
    const prompt = await promptOf(value, stdin)
    signal.removeEventListener('abort', stopReading)
    const confirm: PromptRequest['confirm'] = async (provider) =>
      interactive && confirmPayer(provider, {stdin, stderr, signal})
    const events = prompts.answer({prompt, choice, payer, confirm, signal})
    const answer = await promptOnce(events, json ? undefined : stdout)
    if (answer === undefined) return undefined
    const empty = emptyAnswer(answer.text, answer)
    if (empty !== undefined) throw empty
    const early = earlyEndText(answer)
    if (early !== undefined) {
      stderr.write(`${early}\n`)
      fail()
    }
    if (stderr.isTTY && !json) {
      const palette = paletteFor(wantsColour(stderr, env, argv))
      stderr.write(`${palette.faint(answerEndText(answer))}\n`)
    }
    const {provider, model: ran = null, text, finish: finishReason = null, usage = null} = answer
    return {provider, model: ran, text, finishReason, usage}
  } finally {
    interrupt.release()
  }
}

/** A model without a payer belongs to the current payer. */
function choiceOf(text: string, payer: () => Payer): ModelChoice {
  const choice = parseChoice(text, undefined) ?? parseChoice(text, payer().credential.provider)
  if (choice !== undefined) return choice
  throw new UsageError(
    '--model names no model.',
    'Write it as `/model` in the app shows it, such as "openai: gpt-5".',
  )
}
