/**
 * The one place that knows the providers. The order is the precedence of their variables and of
 * their stored keys: highest first.
 */
const TABLE = [
  {
    id: 'mogplex',
    name: 'Mogplex',
    variable: 'MOGPLEX_API_KEY',
    baseUrl: '{base}/api/cli/inference',
    keyPrefix: 'mog_',
    keysAt: '{base}/settings/api-keys',
    defaultModel: undefined,
    sendsUsageUnasked: true,
  },
  {
    id: 'anthropic',
    name: 'Anthropic',
    variable: 'ANTHROPIC_API_KEY',
    baseUrl: 'https://api.anthropic.com/v1',
    keyPrefix: 'sk-ant-',
    keysAt: 'https://console.anthropic.com/settings/keys',
    defaultModel: 'claude-sonnet-4-5',
    sendsUsageUnasked: false,
  },
  {
    id: 'openai',
    name: 'OpenAI',
    variable: 'OPENAI_API_KEY',
    baseUrl: 'https://api.openai.com/v1',
    keyPrefix: 'sk-proj-',
    keysAt: 'https://platform.openai.com/api-keys',
    defaultModel: 'gpt-5-mini',
    sendsUsageUnasked: false,
  },
  {
    id: 'google',
    name: 'Google',
    variable: 'GOOGLE_GENERATIVE_AI_API_KEY',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyPrefix: 'AIza',
    keysAt: 'https://aistudio.google.com/apikey',
    defaultModel: 'gemini-2.5-flash',
    sendsUsageUnasked: false,
  },
  {
    id: 'groq',
    name: 'Groq',
    variable: 'GROQ_API_KEY',
    baseUrl: 'https://api.groq.com/openai/v1',
    keyPrefix: 'gsk_',
    keysAt: 'https://console.groq.com/keys',
    defaultModel: 'llama-3.3-70b-versatile',
    sendsUsageUnasked: false,
  },
  {
    id: 'mistral',
    name: 'Mistral',
    variable: 'MISTRAL_API_KEY',
    baseUrl: 'https://api.mistral.ai/v1',
    keyPrefix: undefined,
    keysAt: 'https://console.mistral.ai/api-keys',
    defaultModel: 'mistral-large-latest',
    sendsUsageUnasked: true,
  },
  {
    id: 'deepseek',
    name: 'DeepSeek',
    variable: 'DEEPSEEK_API_KEY',
    baseUrl: 'https://api.deepseek.com/v1',
    keyPrefix: undefined,
    keysAt: 'https://platform.deepseek.com/api_keys',
    defaultModel: 'deepseek-chat',
    sendsUsageUnasked: false,
  },
  {
    id: 'xai',
    name: 'xAI',
    variable: 'XAI_API_KEY',
    baseUrl: 'https://api.x.ai/v1',
    keyPrefix: 'xai-',
    keysAt: 'https://console.x.ai',
    defaultModel: 'grok-4',
    sendsUsageUnasked: false,
  },
  {
    id: 'cohere',
    name: 'Cohere',
    variable: 'COHERE_API_KEY',
    baseUrl: 'https://api.cohere.ai/compatibility/v1',
    keyPrefix: undefined,
    keysAt: 'https://dashboard.cohere.com/api-keys',
    defaultModel: 'command-a-03-2025',
    sendsUsageUnasked: true,
  },
  {
    id: 'vercel',
    name: 'Vercel AI Gateway',
    variable: 'VERCEL_API_TOKEN',
    baseUrl: 'https://ai-gateway.vercel.sh/v1',
    keyPrefix: undefined,
    keysAt: 'https://vercel.com/account/tokens',
    defaultModel: 'anthropic/claude-sonnet-4.5',
    sendsUsageUnasked: false,
  },
] as const

export type ProviderId = (typeof TABLE)[number]['id']

/** Whose API a credential opens. */
export interface Provider {
  readonly id: ProviderId
  /** The display name. */
  readonly name: string
  /** The shell variable that holds its key. */
  readonly variable: string
  /** Base URL of its OpenAI-compatible chat-completions API; `{base}` is the Mogplex address. */
  readonly baseUrl: string
  /** A prefix that is unique to keys of this provider, if there is one. */
  readonly keyPrefix: string | undefined
  /** Where a person gets a key; `{base}` is the Mogplex address. */
  readonly keysAt: string
  /**
   * The model for prompts when none was chosen; `undefined` where the server has its own default.
   * Where the provider does not list it (any more), the first listed one is used.
   */
  readonly defaultModel: string | undefined
  /** Token counts end a stream by themselves. Some providers refuse a request for them. */
  readonly sendsUsageUnasked: boolean
}

export const PROVIDERS: readonly Provider[] = TABLE

export function isProviderId(id: string): id is ProviderId {
  return PROVIDERS.some((provider) => provider.id === id)
}

/** The provider of an id of the table. */
export function providerOf(id: ProviderId): Provider {
  const provider = PROVIDERS.find((candidate) => candidate.id === id)
  if (provider === undefined) throw new Error(`No provider ${id} in the table.`)
  return provider
}

/** A provider's display name; an id that is not in the table is returned unchanged. */
export function providerName(id: string): string {
  return PROVIDERS.find((provider) => provider.id === id)?.name ?? id
}

/** Key formats that are unique to a provider, for the redactor. */
export const KEY_FORMATS = PROVIDERS.flatMap(({keyPrefix: prefix}) =>
  prefix === undefined ? [] : [{prefix, least: 6, alphabet: 'word'} as const],
)
