import {LoginFailedError} from '../../domain/errors/authentication.js'
import type {Provider} from '../../domain/credential/provider-table.js'
import {readApiKey} from '../../domain/login/api-key-input.js'
import type {Interrupt} from '../../terminal/interrupt.js'
import {displayFor} from '../display.js'
import {readKeyText} from './key-input.js'
import {
  outputOf,
  type SignInContext,
  type SignInOptions,
  type SignInResult,
  switchingAt,
} from './sign-in-context.js'
import {keyPrompt} from './stored-key-text.js'

/** Signs in with a key: typed without echo, or read from standard input. */
export async function signInByKey(
  context: SignInContext,
  provider: Provider,
  {timeoutSeconds, expectAccount, maySwitch}: Omit<SignInOptions, 'readOnly'>,
  {signal, interrupt}: Interrupt,
): Promise<SignInResult> {
  const {services, env, argv, stdin, stderr} = context
  const output = outputOf(context)
  const siteRoot = services.session.settings.baseUrl
  await services.rehearse()
  const switching = switchingAt(context, maySwitch, signal)
  const ask = (): void => output.say(keyPrompt(provider, siteRoot, displayFor(stderr, env, argv)))
  for (;;) {
    const text = await readKeyText({stdin, ask, onInterrupt: interrupt, signal, timeoutSeconds})
    try {
      const key = readApiKey(text, provider, siteRoot)
      return await services.storeKey({provider, key, expectAccount, switching, signal})
    } catch (error) {
      const isSlip = error instanceof LoginFailedError && error.code === 'MALFORMED_KEY'
      if (!isSlip || !stdin.isTTY || stdin.readableEnded || stdin.destroyed) throw error
      output.say(['', error.message])
    }
  }
}
