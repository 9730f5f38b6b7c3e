import type {RunUpdate} from '../../domain/run/run-source.js'
import type {Run} from '../../domain/run/run.js'

/** Shows a run: as lines, as JSON, or alive. */
export interface RunView {
  /** @param repository - its name, once it is known */
  show(update: RunUpdate, repository: string | undefined): void
  /** The run has ended. */
  end(run: Run): void
  /** Nothing more is shown; the terminal is as it was. */
  close(): void
}

/** Where text goes. */
export interface Output {
  write(text: string): unknown
}
