/** An event of a run, and its time in seconds after the start. */
export interface ScriptStep {
  readonly at: number
  readonly type: string
  readonly toolName?: string
  readonly message?: string
  readonly payload?: Readonly<Record<string, unknown>>
}

/** A run from its start to its end, computed in advance: no timer, so nothing keeps running. */
export interface RunScript {
  /** Oldest first. */
  readonly scenes: readonly ScriptStep[]
  /** Absent for a run that ends only when it is cancelled. */
  readonly end?: {
    readonly at: number
    readonly status: 'failed' | 'success'
    readonly error?: string
  }
}

/** Assigns times: each event comes `pause` seconds after the one before. */
export function tell(
  scenes: readonly (readonly [pause: number, scene: Omit<ScriptStep, 'at'>])[],
): ScriptStep[] {
  let at = 0
  return scenes.map(([pause, scene]) => {
    at += pause
    return {at, ...scene}
  })
}
