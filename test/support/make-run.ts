import type {RunEvent} from '../../src/domain/run/run-event.js'
import type {Run} from '../../src/domain/run/run.js'

export const RUN_ID = '5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab'

/** A run that is in progress by default. */
export function makeRun(changes: Partial<Run> = {}): Run {
  return {
    runId: RUN_ID,
    status: 'streaming',
    harness: 'codex',
    repoId: '0b6f1c1e-6f0a-4d53-9d1c-2f7a54a1e001',
    branch: {base: 'main', working: 'mogplex/mend'},
    createdAt: new Date('2026-11-23T16:00:00Z'),
    updatedAt: new Date('2026-11-23T16:00:20Z'),
    ageMs: 20_000,
    error: null,
    ...changes,
  }
}

export function makeEvent(changes: Partial<RunEvent> = {}): RunEvent {
  return {
    id: 'e1',
    type: 'log',
    toolName: null,
    message: 'Hello.',
    payload: {},
    createdAt: '2026-11-23T16:00:01.000Z',
    ...changes,
  }
}

/** Events with the ids `e<from>` to `e<to>`. */
export function makeEvents(from: number, to: number): RunEvent[] {
  return Array.from({length: to - from + 1}, (_, index) => makeEvent({id: `e${from + index}`}))
}
