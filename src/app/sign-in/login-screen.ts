import {MogplexError} from '@mogplex/plugin-kit/errors'
import {CancelledError, SIGN_IN_INTERRUPTED} from '../../domain/errors/cancelled.js'
import {keysPage} from '../../domain/credential/provider-address.js'
import {type Provider, providerOf, PROVIDERS} from '../../domain/credential/provider-table.js'
import {choose} from '../../terminal/choose.js'
import {listenForInterrupt} from '../../terminal/interrupt.js'
import {displayFor} from '../display.js'
import {signInByBrowser} from './by-browser.js'
import {signInByKey} from './by-key.js'
import {outputOf, type SignInContext} from './sign-in-context.js'
import {welcome} from './welcome.js'

export const SIGN_IN_QUESTION = 'How do you want to sign in?'
export const WELCOME = 'Welcome to Mogplex'
const WHAT_IT_IS = 'AI agents that work on your repositories'
const LOGIN_SECONDS = 300
const NAMES = ['SIGINT'] as const // the other signals end the process

/** Describes Mogplex, or says why the stored login does not count. */
export function tellWelcome(context: SignInContext, lack: MogplexError): void {
  const {palette} = displayFor(context.stderr, context.env, context.argv)
  const isNew = lack.code === 'NOT_LOGGED_IN'
  outputOf(context).say([
    ...(isNew ? [`${palette.strong(WELCOME)}: ${WHAT_IT_IS}.`] : [lack.message]),
    '',
  ])
}

/**
 * The login screen: sign in, use a key, or quit. A failed or interrupted sign-in returns to it;
 * Ctrl+C or Escape leaves it.
 *
 * @param quit - the name of the last choice: within the app it goes back, and ends nothing
 * @returns whether there is a credential now
 * @throws {CancelledError} exit 130, on Ctrl+C or Escape at the screen itself
 */
export async function showLoginScreen(context: SignInContext, quit = 'Quit'): Promise<boolean> {
  const mogplexKeys = keysPage(providerOf('mogplex'), context.services.session.settings.baseUrl)
  for (;;) {
    const route = await choose(context, SIGN_IN_QUESTION, [
      {
        value: 'browser' as const,
        name: 'Sign in with Mogplex (recommended)',
        note: 'Needs a browser, here or on another device.',
      },
      {
        value: 'key' as const,
        name: 'Use an API key',
        note: `From ${mogplexKeys}, or from a model provider such as OpenAI.`,
      },
      {value: 'quit' as const, name: quit},
    ])
    if (route === 'quit') return false
    if (await signIn(context, route)) return true
  }
}

async function signIn(context: SignInContext, route: 'browser' | 'key'): Promise<boolean> {
  const interrupt = listenForInterrupt(new CancelledError(SIGN_IN_INTERRUPTED, 'Choose again.'), {
    names: NAMES,
  })
  try {
    const options = {readOnly: false, timeoutSeconds: LOGIN_SECONDS, escape: 'goes back'} as const
    const done =
      route === 'browser'
        ? await signInByBrowser(context, {...options, opensBrowser: true}, interrupt)
        : await signInByKey(context, await chooseProvider(context), options, interrupt)
    await welcome(context, done, {names: NAMES})
    return true
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    const {palette} = displayFor(context.stderr, context.env, context.argv)
    const isCancelled = error instanceof CancelledError
    // This screen replaces the command `mogplex login`.
    const remedy = isCancelled || error.remedy.includes('`mogplex login') ? [] : [error.remedy]
    const message = isCancelled ? error.message : `${palette.bad('Error:')} ${error.message}`
    outputOf(context).say(['', message, ...remedy, ''])
    return false
  } finally {
    interrupt.release()
  }
}

async function chooseProvider(context: SignInContext): Promise<Provider> {
  const id = await choose(
    context,
    'Whose key is it?',
    PROVIDERS.map((provider) => ({value: provider.id, name: provider.name})),
  )
  return providerOf(id)
}
