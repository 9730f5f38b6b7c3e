import {hasExpired, type ApiKey} from '../api-key.js'
import type {SignedIn} from '../authorization-server.js'
import type {KeyForm} from '../read-key-form.js'
import {apiKeyForm} from './api-key-form.js'
import {html, type Html} from './html.js'
import {page} from './page.js'

/** The action that was just done; `value` is shown on this page and never again. */
export type Notice =
  | {readonly type: 'created'; readonly apiKey: ApiKey; readonly value: string}
  | {readonly type: 'revoked'; readonly apiKey: ApiKey}

/** The settings page for API keys. */
interface ApiKeysPage {
  readonly owner: SignedIn
  readonly apiKeys: readonly ApiKey[]
  readonly form: KeyForm
  readonly notice: Notice | undefined
  readonly status: number
}

/** Renders the settings page. After a form it is reloaded, with the focus on the new entry. */
export function apiKeysPage({owner, apiKeys, form, notice, status}: ApiKeysPage): Response {
  const main = html`
    <h1>API keys</h1>
    <p class="lead">
      Personal access tokens of <strong>${owner.name}</strong>, for scripts and CI. Each opens this
      account until it expires or is revoked.
    </p>
    ${notice && drawNotice(notice)}
    <section aria-labelledby="keys">
      <h2 id="keys">Your keys</h2>
      ${
        apiKeys.length > 0
          ? html`<ul class="accounts">
              ${apiKeys.map(card)}
            </ul>`
          : html`<p>There are none yet.</p>`
      }
    </section>
    <section aria-labelledby="create">
      <h2 id="create">Create a key</h2>
      ${apiKeyForm(form)}
    </section>
    <section>
      <p><a href="/">Go to the home page</a></p>
    </section>
  `
  return page({title: titleOf(form, notice), main, wide: true, status})
}

function titleOf({problem}: KeyForm, notice: Notice | undefined): string {
  if (problem) return 'Problem: API keys'
  if (!notice) return 'API keys'
  return notice.type === 'created' ? 'Key created: API keys' : 'Key revoked: API keys'
}

function drawNotice(notice: Notice): Html {
  const {name, start} = notice.apiKey
  if (notice.type === 'revoked') {
    return html`<p class="notice" role="status" tabindex="-1" autofocus>
      Revoked: <strong>${name}</strong>, <code>${start}</code>… Nobody can use it any more.
    </p>`
  }
  return html`<section class="notice" aria-labelledby="created">
    <h2 id="created">Created: ${name}</h2>
    <p id="once">Copy the key now. It is shown this once; only a hash of it is kept.</p>
    <label for="key">Your new key</label>
    <textarea
      id="key"
      class="key"
      rows="1"
      readonly
      spellcheck="false"
      autocomplete="off"
      aria-describedby="once"
      autofocus
    >
${notice.value}</textarea>
    <p>Then hand it to the CLI, which asks for it:</p>
    <pre><code>mogplex login --with-api-key</code></pre>
  </section>`
}

function card(apiKey: ApiKey): Html {
  const {id, name, start, scopes, createdAt, expiresAt} = apiKey
  const expiry = expiresAt ? instant(expiresAt) : html`never`
  return html`<li>
    <h3>${name}</h3>
    <dl>
      <dt>Key</dt>
      <dd><code>${start}</code>…</dd>
      <dt>Scopes</dt>
      <dd>${scopes.join(', ')}</dd>
      <dt>Created</dt>
      <dd>${instant(createdAt)}</dd>
      <dt>${hasExpired(apiKey) ? 'Expired' : 'Expires'}</dt>
      <dd>${expiry}</dd>
    </dl>
    <form method="post" action="/settings/api-keys/revoke">
      <input type="hidden" name="id" value="${id}" />
      <button type="submit" class="quiet">
        Revoke<span class="unseen"> ${name}, ${start}</span>
      </button>
    </form>
  </li>`
}

function instant(date: Date): Html {
  const iso = date.toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)}, ${iso.slice(11, 16)} UTC</time>`
}
