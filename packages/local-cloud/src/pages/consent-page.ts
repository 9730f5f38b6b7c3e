import type {SignedIn} from '../authorization-server.js'
import {html} from './html.js'
import {page} from './page.js'

/** The consent page: the client, the scopes, and the account. */
interface ConsentPage {
  readonly query: string
  readonly signedIn: SignedIn
  readonly client: string
  readonly scopes: readonly string[]
  readonly formTargets: readonly string[]
}

/** The meaning of a scope, for people. */
const MEANINGS = new Map([
  ['openid', 'Know that it is you'],
  ['profile', 'See your name'],
  ['email', 'See your e-mail address'],
  ['offline_access', 'Stay signed in while you are away'],
  ['read', 'Read what the account may see'],
  ['write', 'Act for the account'],
])

/** Renders the consent page. Both answers are buttons of one form, so no script is needed. */
export function consentPage({query, signedIn, client, scopes, formTargets}: ConsentPage): Response {
  const main = html`
    <h1>Allow ${client}?</h1>
    <p class="lead">It asks to act for <strong>${signedIn.name}</strong>, ${signedIn.email}.</p>
    <ul>
      ${scopes.map((scope) => html`<li>${MEANINGS.get(scope) ?? scope}</li>`)}
    </ul>
    <form class="answers" method="post" action="/consent?${query}">
      <button type="submit" name="answer" value="allow" autofocus>Allow</button>
      <button type="submit" name="answer" value="deny" class="quiet">Deny</button>
    </form>
  `
  return page({title: `Allow ${client}?`, main, formTargets})
}
