import type {RunUpdate} from '../../domain/run/run-source.js'
import type {Run} from '../../domain/run/run.js'

/** Shows a run: as lines, as JSON, or live. */
export interface RunView {
  /** It shows the repository's name, so that is requested. */
  readonly namesRepository: boolean
  /** @param repository - its name, where known */
  show(update: RunUpdate, repository: string | undefined): void
  /** The run has ended. */
  end(run: Run): void
  /** Nothing more is shown; the terminal is restored. */
  close(): void
}

/** Where text goes. */
export interface TextOutput {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}
