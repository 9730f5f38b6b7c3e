/** What can be sent to a model. */
type Modality = 'text' | 'image' | 'audio'

/** A model of the catalog. Prices are US dollars per million tokens; these are invented. */
export interface Model {
  /** `provider/model`. */
  readonly id: string
  readonly name: string
  readonly input: readonly Modality[]
  readonly reasoning: boolean
  readonly tools: 'none' | 'one' | 'parallel'
  readonly context?: number
  readonly output?: number
  readonly price?: readonly [input: number, output: number]
  readonly about?: string
}

/**
 * All models: one has neither context length nor price, as happens on the hosted service, and one
 * is free.
 */
export const MODELS: readonly Model[] = [
  {
    id: 'alibaba/qwen3-coder',
    name: 'Qwen3 Coder',
    input: ['text'],
    reasoning: false,
    tools: 'one',
    context: 262_144,
    output: 65_536,
    price: [0.5, 2],
  },
  {
    id: 'anthropic/claude-haiku-4.5',
    name: 'Claude Haiku 4.5',
    input: ['text', 'image'],
    reasoning: true,
    tools: 'parallel',
    context: 200_000,
    output: 64_000,
    price: [1, 5],
    about: 'Small and quick.',
  },
  {
    id: 'anthropic/claude-sonnet-4.5',
    name: 'Claude Sonnet 4.5',
    input: ['text', 'image'],
    reasoning: true,
    tools: 'parallel',
    context: 1_000_000,
    output: 64_000,
    price: [3, 15],
    about: 'For work that takes many steps.',
  },
  {
    id: 'deepseek/deepseek-r1',
    name: 'DeepSeek R1',
    input: ['text'],
    reasoning: true,
    tools: 'none',
    context: 128_000,
    output: 32_768,
    price: [0.5, 2.25],
  },
  {
    id: 'google/gemini-2.5-flash',
    name: 'Gemini 2.5 Flash',
    input: ['text', 'image', 'audio'],
    reasoning: true,
    tools: 'parallel',
    context: 1_048_576,
    output: 65_536,
    price: [0.25, 2.5],
  },
  {
    id: 'google/gemini-2.5-pro',
    name: 'Gemini 2.5 Pro',
    input: ['text', 'image', 'audio'],
    reasoning: true,
    tools: 'parallel',
    context: 1_048_576,
    output: 65_536,
    price: [1.25, 10],
  },
  {
    id: 'meta/llama-4-scout',
    name: 'Llama 4 Scout',
    input: ['text', 'image'],
    reasoning: false,
    tools: 'one',
    context: 131_072,
    output: 8192,
    price: [0, 0],
    about: 'Free of charge.',
  },
  {
    id: 'mistral/codestral',
    name: 'Codestral',
    input: ['text'],
    reasoning: false,
    tools: 'one',
    context: 256_000,
    output: 16_384,
    price: [0.25, 0.75],
  },
  {
    id: 'moonshotai/kimi-k2',
    name: 'Kimi K2',
    input: ['text'],
    reasoning: false,
    tools: 'parallel',
  },
  {
    id: 'openai/gpt-5',
    name: 'GPT-5',
    input: ['text', 'image'],
    reasoning: true,
    tools: 'parallel',
    context: 400_000,
    output: 128_000,
    price: [1.25, 10],
  },
  {
    id: 'openai/gpt-5-mini',
    name: 'GPT-5 mini',
    input: ['text', 'image'],
    reasoning: true,
    tools: 'parallel',
    context: 400_000,
    output: 128_000,
    price: [0.25, 2],
  },
  {
    id: 'xai/grok-4',
    name: 'Grok 4',
    input: ['text', 'image'],
    reasoning: true,
    tools: 'parallel',
    context: 256_000,
    price: [3, 15],
  },
]
