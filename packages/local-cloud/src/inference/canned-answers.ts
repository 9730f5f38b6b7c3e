import type {Model} from '../model-catalog.js'
import type {ChatRequest} from './chat-request.js'

type Manner = (prompt: string) => string

/** Each model has its own style, so that it is obvious which model answered. */
const MANNERS: Readonly<Record<string, Manner>> = {
  'alibaba/qwen3-coder': (prompt) => `\`\`\`ts\nconst answer = ${JSON.stringify(prompt)}\n\`\`\``,
  'anthropic/claude-haiku-4.5': (prompt) => `In short: “${prompt}”.`,
  'anthropic/claude-sonnet-4.5': (prompt) =>
    `Step by step:\n\n1. You wrote “${prompt}”.\n2. I have read it.\n3. This is the answer.`,
  'deepseek/deepseek-r1': (prompt) =>
    `That has ${prompt.length} characters and ${wordsOf(prompt).length} words.`,
  'google/gemini-2.5-flash': (prompt) => wordsOf(prompt).toReversed().join(' '),
  'google/gemini-2.5-pro': (prompt) => `| you wrote |\n| --- |\n| ${prompt} |`,
  'meta/llama-4-scout': (prompt) => `${prompt} ${prompt}`,
  'mistral/codestral': (prompt) => `\`\`\`sh\necho ${JSON.stringify(prompt)}\n\`\`\``,
  'moonshotai/kimi-k2': (prompt) => wordsOf(prompt).join('\n'),
  'openai/gpt-5': (prompt) => `> ${prompt}\n\nA good question.`,
  'openai/gpt-5-mini': (prompt) => prompt.toUpperCase(),
  'xai/grok-4': (prompt) => `Why do you ask “${prompt}”?`,
}

/** A model's answer to a prompt: the same each time. */
export function cannedAnswer({id, name}: Model, {prompt, turns}: ChatRequest): string {
  const manner = MANNERS[id] ?? ((text) => text)
  const turn = turns > 1 ? ` This is your message number ${turns}.` : ''
  return `${name}, canned by the local cloud.${turn}\n\n${manner(prompt)}\n`
}

/** A rough token count: words. */
export function tokensIn(text: string): number {
  return wordsOf(text).length
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
