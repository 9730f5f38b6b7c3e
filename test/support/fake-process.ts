import {EventEmitter} from 'node:events'
import {Writable} from 'node:stream'
import type {LaunchProcess} from '../../src/host/launcher.js'
import type {CustodyHost} from '../../src/host/plugins/plugin-custody.js'

/** A stream that stores what is written to it. */
class KeptStream extends Writable {
  text = ''
  isTTY: boolean | undefined
  columns: number | undefined

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

/** A process that does not exit: `exit` records the codes, and returns, unlike the real one. */
export class FakeProcess extends EventEmitter {
  readonly stdout = new KeptStream()
  readonly stderr = new KeptStream()
  readonly exits: (number | string | null | undefined)[] = []
  readonly folders: string[] = []
  exitCode: number | string | null | undefined
  env: NodeJS.ProcessEnv = {}
  cwd = (): string => '/somewhere'

  exit = (code?: number | string | null): void => {
    this.exits.push(code)
  }

  /** The code under test may replace `exit` by then. */
  end(code: number): void {
    this.exit(code)
  }

  chdir = (folder: string): void => {
    this.folders.push(folder)
  }

  /** Behaves like the original. */
  get asProcess(): CustodyHost['process'] & LaunchProcess {
    return this as unknown as CustodyHost['process'] & LaunchProcess
  }
}

interface Timer {
  readonly at: number
  readonly work: () => void
}

/** Timers that expire when a test says so. */
export class FakeTimers {
  #now = 0
  readonly #timers = new Map<object, Timer>()
  /** The unreferenced ones. */
  readonly unreferenced = new Set<object>()

  get waiting(): number {
    return this.#timers.size
  }

  readonly setTimeout = ((work: () => void, milliseconds: number) => {
    const timer = {
      unref: () => {
        this.unreferenced.add(timer)
        return timer
      },
    }
    this.#timers.set(timer, {at: this.#now + milliseconds, work})
    return timer
  }) as unknown as typeof setTimeout

  readonly clearTimeout = ((timer: object) => {
    this.#timers.delete(timer)
  }) as typeof clearTimeout

  advance(milliseconds: number): void {
    this.#now += milliseconds
    for (const [timer, {at, work}] of this.#timers) {
      if (at > this.#now) continue
      this.#timers.delete(timer)
      work()
    }
  }
}
