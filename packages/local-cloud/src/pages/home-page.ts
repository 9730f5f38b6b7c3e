import type {SignedIn} from '../authorization-server.js'
import type {Profile} from '../cloud-profile.js'
import {DEMO_ACCOUNTS, type DemoAccount} from '../demo-accounts.js'
import {settingLines} from '../setting-lines.js'
import {html, type Html} from './html.js'
import {page} from './page.js'
import {runForm} from './run-form.js'

/** The home page: `base` is the address to use, `signedIn` the user of the browser's cookies. */
interface HomePage {
  readonly base: string
  /** The system of this machine, as in `process.platform`: decides how variables are set. */
  readonly platform: string
  readonly profile: Profile
  readonly signedIn: SignedIn | undefined
  /** The id of the run that was just started here. */
  readonly startedRun: string | undefined
}

/** Renders the home page. */
export function homePage({base, platform, profile, signedIn, startedRun}: HomePage): Response {
  const main = html`
    <h1>Your own Mogplex, on this machine</h1>
    <p class="lead">
      A small stand-in for the hosted service, for first steps and for tests. It listens on
      127.0.0.1 only, talks to nobody, and the accounts in it are made up.
    </p>
    <section aria-labelledby="use">
      <h2 id="use">Use it from a terminal</h2>
      <p>Point the CLI here, then sign in:</p>
      <pre>${settingCode(base, platform)}<code>mogplex login</code></pre>
      <p class="aside">
        Then <code>mogplex models</code> lists the models that the account may call, and
        <code>mogplex mcp</code> its MCP servers.
      </p>
      <p class="aside">Close that terminal, and the CLI means mogplex.com again.</p>
    </section>
    <section aria-labelledby="you">
      <h2 id="you">In this browser</h2>
      ${session(signedIn, profile)}
    </section>
    ${
      signedIn &&
      html`<section aria-labelledby="runs">
        <h2 id="runs">Start a run</h2>
        ${runForm(startedRun)}
      </section>`
    }
    <section aria-labelledby="accounts">
      <h2 id="accounts">Demo accounts</h2>
      <ul class="accounts">
        ${DEMO_ACCOUNTS.map(accountCard)}
      </ul>
    </section>
    <section aria-labelledby="look">
      <h2 id="look">Look inside</h2>
      <ul class="links">
        <li>
          <a href="/.well-known/oauth-authorization-server">Authorization server metadata</a>
          (RFC 8414)
        </li>
        <li>
          <a href="/.well-known/oauth-protected-resource">Protected resource metadata</a>
          (RFC 9728)
        </li>
      </ul>
    </section>
  `
  return page({title: 'Home', main, wide: true})
}

function settingCode(base: string, platform: string): Html[] {
  const variables = {MOGPLEX_URL: base, MOGPLEX_DEV: '1'}
  return settingLines(variables, platform).map(({shell, line}) =>
    shell === undefined ? html`<code>${line}</code> ` : html`<code>${line}</code> (${shell}) `,
  )
}

const AFTER_HOSTED = html`<code>mogplex login</code> uses this account without asking. Sign out here
  to choose another one; the CLI stays signed in.`

const AFTER_NEXT = html`<code>mogplex login</code> uses this account, and asks whether it may. Sign
  out here to choose another one: that signs the CLI out, too.`

function session(signedIn: SignedIn | undefined, profile: Profile): Html {
  if (!signedIn) {
    return html`
      <p>Nobody is signed in. <a href="/login">Sign in</a></p>
      <p class="aside">
        Scripts and CI use an API key instead. Sign in, and make one at
        <a href="/settings/api-keys">API keys</a>.
      </p>
    `
  }
  return html`
    <form class="session" method="post" action="/logout">
      <p>Signed in as <strong>${signedIn.name}</strong>, ${signedIn.email}</p>
      <button type="submit" class="quiet">Sign out</button>
    </form>
    <p class="aside">${profile === 'next' ? AFTER_NEXT : AFTER_HOSTED}</p>
    <p class="aside">
      Scripts and CI use an API key instead. Make one at <a href="/settings/api-keys">API keys</a>.
    </p>
  `
}

function accountCard({email, name, password, modelAccess}: DemoAccount): Html {
  return html`<li>
    <h3>${name}</h3>
    <p class="badge">${modelAccess ? 'with model access' : 'no model access'}</p>
    <dl>
      <dt>E-mail</dt>
      <dd><code>${email}</code></dd>
      <dt>Password</dt>
      <dd><code>${password}</code></dd>
    </dl>
  </li>`
}
