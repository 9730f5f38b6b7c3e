import {Config} from '@oclif/core'
import type {AccountEvents, Listener} from '../contributions.js'
import {withSession} from '../given-session.js'
import type {Session} from '../session.js'

/**
 * Tells a listener of an event in a test, with a session for its `findSession`. One at a time.
 *
 * @param root - the folder of the plugin's package.json; by default where the tests run
 * @throws what the listener throws: the CLI would say it on stderr, and go on
 */
export async function runListener<Event extends keyof AccountEvents>(
  listener: Listener<Event>,
  event: AccountEvents[Event],
  {session, root = process.cwd()}: {session: Session; root?: string},
): Promise<void> {
  const config = await Config.load({root, devPlugins: false, userPlugins: false})
  await withSession(session, async () => listener({...event, config}))
}
