import type {LoginEvent} from '../services/log-in.js'
import type {DeviceLoginEvent} from '../services/log-in-by-device.js'
import {failureOf} from './observed.js'
import type {Recorder} from './recorder.js'
import {showAddress} from './redaction.js'
import type {SignIn} from '../compose/sign-in.js'

type Route = 'browser' | 'device' | 'key'

/** The ways in, telling the recorder which was taken and how it ended. */
export function observedSignIn(signIn: SignIn, recorder: Recorder): SignIn {
  const observed = async <T extends {credential: SignedIn}>(
    route: Route,
    work: () => Promise<T>,
  ): Promise<T> => {
    await recorder.open()
    recorder.record('login.started', {route})
    try {
      const done = await work()
      recorder.record('login.completed', {route, ...reportOf(done.credential)})
      return done
    } catch (error) {
      recorder.record('login.failed', {route, ...failureOf(error)}, 'error')
      throw error
    }
  }
  const tellToo =
    <E extends DeviceLoginEvent | LoginEvent>(tell: (event: E) => void) =>
    (event: E): void => {
      if (event.type === 'authorization') {
        showAddress(event.url)
        recorder.record('login.authorization', {url: event.url.href})
      }
      tell(event)
    }
  return {
    ...signIn,
    logIn: async (login) =>
      observed('browser', async () => signIn.logIn({...login, tell: tellToo(login.tell)})),
    logInByDevice: async (login) =>
      observed('device', async () => signIn.logInByDevice({...login, tell: tellToo(login.tell)})),
    storeKey: async (request) => observed('key', async () => signIn.storeKey(request)),
  }
}

type SignedIn = Awaited<ReturnType<SignIn['logIn' | 'storeKey']>>['credential']

function reportOf(credential: SignedIn): object {
  const {provider, account} = credential
  if (credential.type === 'api-key') return {provider, account}
  const {issuer, scopes, expiresAt} = credential
  return {provider, account, issuer, scopes, expiresAt}
}
