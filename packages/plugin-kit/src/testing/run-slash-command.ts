import type {SlashCommand} from '../contributions.js'
import type {Session} from '../session.js'

/** The context of a slash command in a test; omitted functions do nothing. */
export interface SlashOptions {
  readonly session: Session
  /** The width of the terminal; 80 when absent. */
  readonly columns?: number
  /** The text after the name; the words joined by blanks when absent. */
  readonly text?: string
  readonly signal?: AbortSignal
  /** Called with the lines that the command runs. */
  readonly run?: (line: string) => Promise<void> | void
}

/**
 * Runs a slash command in a test.
 *
 * @returns the lines that it printed
 * @throws errors of the command
 */
export async function runSlashCommand(
  command: SlashCommand,
  args: readonly string[],
  {session, columns = 80, text = args.join(' '), signal, run}: SlashOptions,
): Promise<string[]> {
  const printed: string[] = []
  await command({
    args,
    text,
    session,
    columns,
    signal: signal ?? new AbortController().signal,
    print: (lines) => void printed.push(...lines.split('\n')),
    run: async (line) => run?.(line),
  })
  return printed
}
