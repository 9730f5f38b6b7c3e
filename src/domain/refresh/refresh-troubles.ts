import {mayBeDone, REFRESH_MS, REPEATS, waitBeforeRepeat} from '../network/repeating.js'

// A slow answer is better than a lost one.
const TOKENS_MS = 20_000
const METADATA_MS = 10_000
const LAST_MS = 10_000

/** The longest that one refresh may take: repeats, one long request, and a last one. */
export const LONGEST_REFRESH_MS = REFRESH_MS + TOKENS_MS + LAST_MS

/** What is requested: metadata may be requested any number of times, tokens may not. */
type RefreshRequestKind = 'metadata' | 'tokens'

export interface RefreshStart {
  readonly begun: Date
  /** The access token expired or was rejected: spending the refresh token cannot make it worse. */
  readonly isOver: boolean
  /** An earlier refresh sent the refresh token, and its outcome is unknown. */
  readonly wasCut: boolean
}

/** The failures of one refresh, and whether to repeat its requests while others wait for it. */
export class RefreshTroubles {
  readonly #refresh: RefreshStart
  #lost = 0
  #repeatsOfLost: number
  #otherRepeats = 0

  constructor(refresh: RefreshStart) {
    this.#refresh = refresh
    // The next request is the repeat of that one.
    this.#repeatsOfLost = refresh.wasCut ? 1 : 0
  }

  /** The server may have spent the refresh token, in this refresh or in an earlier one. */
  get mayBeSpent(): boolean {
    return this.#refresh.wasCut || this.#lost > 0
  }

  /** The timeout of the next request, in milliseconds. */
  timeoutMs(kind: RefreshRequestKind, now: Date): number {
    if (kind === 'tokens') return this.#lost > 0 ? LAST_MS : TOKENS_MS
    return Math.max(1000, Math.min(METADATA_MS, REFRESH_MS - this.#elapsedMs(now)))
  }

  /** @returns the wait before the next request, in milliseconds; `undefined` for no repeat */
  waitAfter(error: unknown, kind: RefreshRequestKind, now: Date): number | undefined {
    const isLost = kind === 'tokens' && mayBeDone(error)
    if (isLost) this.#lost += 1
    const rule = REPEATS[ruleFor(kind, this.#refresh.isOver)]
    const waitMs = waitBeforeRepeat(rule, error, {
      repeats: isLost ? this.#repeatsOfLost : this.#otherRepeats,
      elapsedMs: this.#elapsedMs(now),
    })
    if (waitMs === undefined) return undefined
    if (isLost) this.#repeatsOfLost += 1
    else this.#otherRepeats += 1
    return waitMs
  }

  #elapsedMs(now: Date): number {
    return now.getTime() - this.#refresh.begun.getTime()
  }
}

function ruleFor(
  kind: RefreshRequestKind,
  isOver: boolean,
): 'earlyRefresh' | 'metadata' | 'refresh' {
  if (!isOver) return 'earlyRefresh'
  return kind === 'metadata' ? 'metadata' : 'refresh'
}
