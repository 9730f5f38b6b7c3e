import {MAX_FOLLOWED_EVENTS} from '../network/answer-limits.js'
import type {RunEvent} from './run-event.js'
import type {RunUpdate} from './run-source.js'
import {outcomeOf, type Run} from './run.js'

/** The service's answer about a run; without `events` when only the status was requested. */
export interface RunAnswer {
  readonly run: Run
  /** Oldest first. */
  readonly events?: readonly RunEvent[]
}

const LAST_EVENTS = new Set(['cancelled', 'failed', 'finished'])
const MAX_LOOKS_AFTER_END = 3

/** What was seen of a run so far: finds what is new in an answer, and whether more can come. */
export class SeenRun {
  readonly #window: number
  readonly #ids = new Set<string>()
  #run: Run | undefined
  #last: RunEvent | undefined
  #isWindowFull = false
  #isWindowStill = false
  #looksAfterEnd = 0
  #isSettled = false

  /** @param window - how many events of a run the service shows at most */
  constructor(window: number) {
    this.#window = window
  }

  /** It has answered before. */
  get isKnown(): boolean {
    return this.#run !== undefined
  }

  /**
   * All events that the service shows arrived, twice the same; only the status can still change.
   */
  get isWindowStill(): boolean {
    return this.#isWindowStill
  }

  /** Its status says that it has ended; events may still come. */
  get hasEnded(): boolean {
    return this.#run !== undefined && outcomeOf(this.#run) !== undefined
  }

  /** It has ended, and all its remaining events were read. */
  get isOver(): boolean {
    return this.hasEnded && (this.#isSettled || this.#isWindowFull)
  }

  /** Adds an answer. @returns what is new in it */
  take({run, events = []}: RunAnswer): RunUpdate[] {
    const hadEnded = this.hasEnded
    const isFirst = !this.isKnown
    const updates = this.#runUpdates(run)
    let isNews = false
    for (const event of events) {
      if (this.#ids.has(event.id)) continue
      // Each id is remembered: for a service that invents new ones, only the status is requested.
      if (this.#ids.size === MAX_FOLLOWED_EVENTS) return this.#closed(updates)
      this.#ids.add(event.id)
      this.#last = event
      isNews = true
      updates.push({type: 'event', event})
    }
    if (hadEnded) this.#looksAfterEnd += 1
    this.#isSettled =
      (isFirst && this.#hasLastEvent) ||
      (hadEnded && !isNews) ||
      this.#looksAfterEnd >= MAX_LOOKS_AFTER_END
    // More events than requested mean that there is no window: such a service shows all of them.
    if (events.length !== this.#window) return updates
    this.#isWindowStill = !isNews
    if (this.#isWindowFull) return updates
    this.#isWindowFull = true
    const mayHide = !this.hasEnded || !this.#hasLastEvent
    return mayHide ? [...updates, {type: 'window', shown: events.length}] : updates
  }

  #closed(updates: readonly RunUpdate[]): RunUpdate[] {
    const isKnown = this.#isWindowFull
    this.#isWindowFull = true
    this.#isWindowStill = true
    return isKnown ? [...updates] : [...updates, {type: 'window', shown: this.#ids.size}]
  }

  /** Only a hint that nothing more comes: the status decides whether a run has ended. */
  get #hasLastEvent(): boolean {
    return LAST_EVENTS.has(this.#last?.type ?? '')
  }

  #runUpdates(run: Run): RunUpdate[] {
    const before = this.#run
    this.#run = run
    const isSame =
      before?.status === run.status &&
      before.error === run.error &&
      before.branch.working === run.branch.working
    return isSame ? [] : [{type: 'run', run}]
  }
}
