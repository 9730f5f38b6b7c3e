/** A refusal with the hosted service's texts (contract section 10). */
interface Refusal {
  readonly status: number
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Failures before an answer has begun. */
export const REFUSALS = {
  allowlist: {status: 400, message: "This model is not on the team's model allowlist."},
  busy: {status: 429, message: 'Too many requests.', headers: {'retry-after': '30'}},
  down: {
    status: 503,
    message: "Couldn't verify the team's model allowlist. Please try again.",
    headers: {'retry-after': '5'},
  },
  'no-balance': {
    status: 400,
    message: 'Hosted AI requires a positive billing balance. Add credit, or a key of your own.',
  },
  'no-key': {status: 400, message: 'No OpenAI API key configured for this account.'},
  'no-model': {status: 400, message: 'No enabled model is configured for this account.'},
  'team-role': {status: 400, message: 'This model is not enabled for your team role.'},
} as const satisfies Record<string, Refusal>

/** Failures after an answer has begun. */
const FAILURE_MODES = ['controls', 'cut', 'fail', 'hang', 'slow'] as const

const FAILURE_PREFIX = 'local/'

/** How an answer fails: cut off, an error frame, silence, slow, or full of control characters. */
export type FailureMode = (typeof FAILURE_MODES)[number]

/**
 * The failure that a prompt requests: `[fail]` in a prompt, or `local/fail` as the model.
 */
export function requestedFailure(model: string | undefined, prompt: string): string | undefined {
  if (isFailureModel(model)) return model?.slice(FAILURE_PREFIX.length)
  return [...prompt.matchAll(/\[([\w-]+)\]/g)].map(([, word = '']) => word).find(isKnown)
}

/** Whether the name requests a failure instead of naming a model. */
export function isFailureModel(model = ''): boolean {
  return model.startsWith(FAILURE_PREFIX) && isKnown(model.slice(FAILURE_PREFIX.length))
}

function isKnown(word: string): boolean {
  return Object.hasOwn(REFUSALS, word) || isFailureMode(word)
}

export function isFailureMode(failure: string | undefined): failure is FailureMode {
  return FAILURE_MODES.some((turn) => turn === failure)
}

/** The refusal with this name, as a response, or `undefined`. */
export function refusalNamed(failure: string | undefined): Response | undefined {
  const refusal = Object.entries<Refusal>(REFUSALS).find(([name]) => name === failure)?.[1]
  return refusal && refuse(refusal)
}

export function refuse({status, message, headers = {}}: Refusal): Response {
  return Response.json({error: {message}}, {status, headers})
}
