type Cleanup = () => Promise<void> | void

const afterTheTest: Cleanup[] = []
const afterTheRun: Cleanup[] = []
let insideTest = false

/**
 * Registers cleanups. One that is created in a test or a `beforeEach` runs after that test; one
 * from a `before` belongs to a whole suite and runs at the end of the run.
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

/** In reverse order: a process ends before the home it writes to is removed. */
async function drain(cleanups: Cleanup[]): Promise<void> {
  const failures: unknown[] = []
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await cleanup()
    } catch (error) {
      failures.push(error) // one failure must not prevent the others
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Cleaning up after a test failed.')
}
