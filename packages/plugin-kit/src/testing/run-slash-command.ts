import type {SlashCommand} from '../contributions.js'
import type {Session} from '../session.js'

/**
 * Runs a slash command in a test.
 *
 * @returns the lines that it printed
 * @throws what the command throws
 */
export async function runSlashCommand(
  command: SlashCommand,
  args: readonly string[],
  {session, columns = 80}: {session: Session; columns?: number},
): Promise<string[]> {
  const printed: string[] = []
  await command({args, session, columns, print: (text) => void printed.push(...text.split('\n'))})
  return printed
}
