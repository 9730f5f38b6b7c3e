/** A refusal in the words of the hosted service (contract section 10). */
interface Refusal {
  readonly status: number
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What can go wrong before an answer has begun. */
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

/** What can go wrong with an answer that has begun. */
const TURNS = ['controls', 'cut', 'fail', 'hang', 'slow'] as const

const WISH_MODEL = 'local/'

/** How an answer goes: cut off, broken by an error frame, silent, slow, full of control characters. */
export type Turn = (typeof TURNS)[number]

/**
 * What a test or a person asked for: `[fail]` anywhere in a prompt, or `local/fail` as the model.
 */
export function wishIn(model: string | undefined, prompt: string): string | undefined {
  if (isWish(model)) return model?.slice(WISH_MODEL.length)
  return [...prompt.matchAll(/\[([\w-]+)\]/g)].map(([, word = '']) => word).find(isKnown)
}

/** A model that is none: its name says what is to go wrong. */
export function isWish(model = ''): boolean {
  return model.startsWith(WISH_MODEL) && isKnown(model.slice(WISH_MODEL.length))
}

function isKnown(word: string): boolean {
  return Object.hasOwn(REFUSALS, word) || isTurn(word)
}

export function isTurn(wish: string | undefined): wish is Turn {
  return TURNS.some((turn) => turn === wish)
}

/** The refusal of this name, as a response; `undefined` where there is none. */
export function refusalNamed(wish: string | undefined): Response | undefined {
  const refusal = Object.entries<Refusal>(REFUSALS).find(([name]) => name === wish)?.[1]
  return refusal && refuse(refusal)
}

export function refuse({status, message, headers = {}}: Refusal): Response {
  return Response.json({error: {message}}, {status, headers})
}
