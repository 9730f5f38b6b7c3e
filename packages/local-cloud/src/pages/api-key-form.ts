import {KEY_SCOPES, type KeyScope} from '../api-key.js'
import {LIFETIMES, LONGEST_NAME, type KeyForm} from '../read-key-form.js'
import {html, type Html} from './html.js'

const MEANING: Readonly<Record<KeyScope, string>> = {
  read: 'list and inspect',
  write: 'start, change and cancel',
}

/** Renders the form for a new key. After an error the focus is on the field to correct. */
export function apiKeyForm({name, scopes, lifetime, problem}: KeyForm): Html {
  const wrong = html`aria-invalid="true" aria-describedby="problem" autofocus`
  const wrongScopes = problem?.field === 'scopes'
  return html`
    <div class="problem" id="problem" role="alert" aria-live="assertive">
      ${problem ? html`<p>${problem.text}</p>` : undefined}
    </div>
    <form method="post" action="/settings/api-keys">
      <label for="name">Name</label>
      <input
        id="name"
        name="name"
        value="${name}"
        maxlength="${LONGEST_NAME}"
        autocomplete="off"
        required
        ${problem?.field === 'name' ? wrong : undefined}
      />
      <fieldset>
        <legend>Scopes</legend>
        ${KEY_SCOPES.map((scope, index) => {
          const checked = scopes.includes(scope) ? html`checked` : undefined
          const marks = wrongScopes && index === 0 ? wrong : undefined
          return html`<label class="check">
            <input type="checkbox" name="scope" value="${scope}" ${checked} ${marks} />
            <span><code>${scope}</code>: ${MEANING[scope]}</span>
          </label>`
        })}
      </fieldset>
      <label for="lifetime">Expires</label>
      <select id="lifetime" name="lifetime">
        ${[...LIFETIMES].map(([days, text]) => {
          const selected = days === lifetime ? html`selected` : undefined
          return html`<option value="${days}" ${selected}>${text}</option>`
        })}
      </select>
      <button type="submit">Create key</button>
    </form>
  `
}
