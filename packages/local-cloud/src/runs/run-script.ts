/** What happens in a run, and when: in seconds after its start. */
export interface ScriptStep {
  readonly at: number
  readonly type: string
  readonly toolName?: string
  readonly message?: string
  readonly payload?: Readonly<Record<string, unknown>>
}

/** A run from its start to its end, told beforehand: no timer, so that nothing is left running. */
export interface RunScript {
  /** Oldest first. */
  readonly scenes: readonly ScriptStep[]
  /** Absent for a run that ends only when somebody cancels it. */
  readonly end?: {
    readonly at: number
    readonly status: 'failed' | 'success'
    readonly error?: string
  }
}

/** Hands out instants: each scene comes `pause` seconds after the one before. */
export function tell(
  scenes: readonly (readonly [pause: number, scene: Omit<ScriptStep, 'at'>])[],
): ScriptStep[] {
  let at = 0
  return scenes.map(([pause, scene]) => {
    at += pause
    return {at, ...scene}
  })
}
