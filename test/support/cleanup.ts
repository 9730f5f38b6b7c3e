type Cleanup = () => Promise<void> | void

const afterTheTest: Cleanup[] = []
const afterTheRun: Cleanup[] = []
let insideTest = false

/**
 * Remembers what has to be ended or removed. Made in a test or a `beforeEach`, it goes with that
 * test; made in a `before`, it serves a whole suite and stays until the run ends.
 */
export function onCleanup(cleanup: Cleanup): void {
  ;(insideTest ? afterTheTest : afterTheRun).push(cleanup)
}

export function beginTest(): void {
  insideTest = true
}

export async function endTest(): Promise<void> {
  insideTest = false
  await drain(afterTheTest)
}

export async function endRun(): Promise<void> {
  await drain(afterTheRun)
}

/** Last made, first ended: a process goes before the home it writes to. */
async function drain(cleanups: Cleanup[]): Promise<void> {
  const failures: unknown[] = []
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await cleanup()
    } catch (error) {
      failures.push(error) // one that fails must not keep the others from their turn
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Cleaning up after a test failed.')
}
