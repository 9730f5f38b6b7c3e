import {MogplexError} from '@mogplex/plugin-kit/errors'
import {CancelledError, SIGN_IN_INTERRUPTED} from '../domain/errors/cancelled.js'
import {keysPage} from '../domain/credential/provider-address.js'
import {type Provider, providerOf, PROVIDERS} from '../domain/credential/provider-table.js'
import {choose} from '../terminal/choose.js'
import {listenForInterrupt} from '../terminal/interrupt.js'
import {showingOn} from './showing.js'
import {type Desk, signInByBrowser, signInByKey, talkAt} from './sign-in.js'
import {welcome} from './welcome.js'

export const SIGN_IN_QUESTION = 'How do you want to sign in?'
export const WELCOME = 'Welcome to Mogplex'
const WHAT_IT_IS = 'AI agents that work on your repositories'
const LOGIN_SECONDS = 300
const NAMES = ['SIGINT'] as const // the others end the process

/** What somebody reads who is not signed in: what this is, or what became of the sign-in. */
export function tellWelcome(desk: Desk, lack: MogplexError): void {
  const {palette} = showingOn(desk.stderr, desk.env, desk.argv)
  const isNew = lack.code === 'NOT_LOGGED_IN'
  talkAt(desk).say([
    ...(isNew ? [`${palette.strong(WELCOME)}: ${WHAT_IT_IS}.`] : [lack.message]),
    '',
  ])
}

/**
 * The login screen: sign in, use a key, or quit. What goes wrong, Ctrl+C in a sign-in included,
 * leads back to it; Ctrl+C or Escape here leaves.
 *
 * @param quit - what leaving is called: from inside the app it does not end anything
 * @returns whether there is a credential now
 * @throws {CancelledError} exit 130, on Ctrl+C or Escape at the screen itself
 */
export async function showLoginScreen(desk: Desk, quit = 'Quit'): Promise<boolean> {
  const mogplexKeys = keysPage(providerOf('mogplex'), desk.services.session.settings.baseUrl)
  for (;;) {
    const route = await choose(desk, SIGN_IN_QUESTION, [
      {
        value: 'browser' as const,
        name: 'Sign in with Mogplex (recommended)',
        note: 'Needs a browser, here or on another device.',
      },
      {
        value: 'key' as const,
        name: 'Use an API key',
        note: `Of Mogplex, from ${mogplexKeys}, or of a model provider such as OpenAI.`,
      },
      {value: 'quit' as const, name: quit},
    ])
    if (route === 'quit') return false
    if (await signIn(desk, route)) return true
  }
}

async function signIn(desk: Desk, route: 'browser' | 'key'): Promise<boolean> {
  const interrupt = listenForInterrupt(new CancelledError(SIGN_IN_INTERRUPTED, 'Choose again.'), {
    names: NAMES,
  })
  try {
    const wish = {readOnly: false, timeoutSeconds: LOGIN_SECONDS, escape: 'goes back'} as const
    const done =
      route === 'browser'
        ? await signInByBrowser(desk, {...wish, opensBrowser: true}, interrupt)
        : await signInByKey(desk, await chooseProvider(desk), wish, interrupt)
    await welcome(desk, done, {names: NAMES})
    return true
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    const {palette} = showingOn(desk.stderr, desk.env, desk.argv)
    const isCancelled = error instanceof CancelledError
    // This screen is `mogplex login` itself.
    const remedy = isCancelled || error.remedy.includes('`mogplex login') ? [] : [error.remedy]
    const message = isCancelled ? error.message : `${palette.bad('Error:')} ${error.message}`
    talkAt(desk).say(['', message, ...remedy, ''])
    return false
  } finally {
    interrupt.release()
  }
}

async function chooseProvider(desk: Desk): Promise<Provider> {
  const id = await choose(
    desk,
    'Whose key is it?',
    PROVIDERS.map((provider) => ({value: provider.id, name: provider.name})),
  )
  return providerOf(id)
}
