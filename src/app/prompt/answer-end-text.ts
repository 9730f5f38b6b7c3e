import type {ChatEnd} from '../../domain/chat/chat.js'
import {choiceText} from '../../domain/chat/model-choice.js'
import {type ProviderId, providerName} from '../../domain/credential/provider-table.js'
import {EmptyAnswerError} from '../../domain/errors/prompts.js'
import {counted} from '../../domain/text/counted.js'

type End = ChatEnd & {readonly provider: ProviderId}

const EARLY: Readonly<Record<string, string>> = {
  content_filter: 'The answer was ended by a content filter.',
  length: 'The answer is incomplete: it reached the length limit of the model.',
}

/** Which model answered, and its token usage: `openai: gpt-5, 12 tokens in, 34 out`. */
export function answerEndText({provider, model, usage}: End): string {
  const who = model === undefined ? providerName(provider) : choiceText({provider, model})
  if (usage === undefined) return `${who}, tokens not counted`
  return `${who}, ${counted(usage.promptTokens, 'token')} in, ${usage.completionTokens} out`
}

/** Why an answer ended early; `undefined` where it did not. */
export function earlyEndText({finish = ''}: Pick<End, 'finish'>): string | undefined {
  return Object.hasOwn(EARLY, finish) ? EARLY[finish] : undefined
}

/** Why an answer is empty; `undefined` where it contains text. */
export function emptyAnswer(text: string, end: Omit<End, 'usage'>): EmptyAnswerError | undefined {
  if (text.trim() !== '') return undefined
  const {provider, model} = end
  const who = model === undefined ? providerName(provider) : choiceText({provider, model})
  const early = earlyEndText(end)
  const why = early === undefined ? '' : ` ${early}`
  return new EmptyAnswerError(`${who} answered without any text.${why}`)
}
