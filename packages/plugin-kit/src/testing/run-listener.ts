import {Config} from '@oclif/core'
import type {AccountEvents, Listener} from '../contributions.js'
import {withSession} from '../given-session.js'
import type {Session} from '../session.js'

/**
 * Calls a listener of an event in a test, with a session for its `findSession`. One at a time.
 *
 * @param root - the folder of the plugin's package.json; by default the current folder
 * @throws errors of the listener: the CLI would print them on stderr, and continue
 */
export async function runListener<Event extends keyof AccountEvents>(
  listener: Listener<Event>,
  event: AccountEvents[Event],
  {session, root = process.cwd()}: {session: Session; root?: string},
): Promise<void> {
  const config = await Config.load({root, devPlugins: false, userPlugins: false})
  await withSession(session, async () => listener({...event, config}))
}
