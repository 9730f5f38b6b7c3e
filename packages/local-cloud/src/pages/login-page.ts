import {DEMO_ACCOUNTS, type DemoAccount} from '../demo-accounts.js'
import {html, type Html} from './html.js'
import {page} from './page.js'

/** The contents of the form: its values, the focus, and the error, if any. */
export interface LoginForm {
  readonly email: string
  readonly password: string
  readonly focus: 'email' | 'password' | 'button'
  readonly problem?: string
}

/** The sign-in page: `query` leads on after the sign-in, `client` is the waiting client. */
interface LoginPage {
  readonly query: string
  readonly client: string | undefined
  readonly form: LoginForm
  readonly formTargets: readonly string[]
  readonly status: number
}

/** Renders the sign-in page. Each account is a link that fills the form, so no script is needed. */
export function loginPage({query, client, form, formTargets, status}: LoginPage): Response {
  const lead = client
    ? html`to continue to <strong>${client}</strong>`
    : html`to this local copy of Mogplex`
  const main = html`
    <h1>Sign in</h1>
    <p class="lead">${lead}</p>
    <nav aria-labelledby="accounts">
      <h2 id="accounts">Fill in a demo account</h2>
      <ul class="choices">
        ${DEMO_ACCOUNTS.map((account) => choice(account, query, form))}
      </ul>
    </nav>
    <div class="problem" id="problem" role="alert" aria-live="assertive">
      ${form.problem ? html`<p>${form.problem}</p>` : undefined}
    </div>
    ${drawForm(query, form)}
  `
  const title = form.problem ? 'Problem: Sign in' : 'Sign in'
  return page({title, main, formTargets, status})
}

function drawForm(query: string, {email, password, focus, problem}: LoginForm): Html {
  const wrong = problem ? html`aria-invalid="true" aria-describedby="problem"` : undefined
  const focused = html`autofocus`
  return html`
    <form method="post" action="/login${query ? `?${query}` : ''}">
      <label for="email">E-mail</label>
      <input
        id="email"
        name="email"
        type="email"
        value="${email}"
        autocomplete="username"
        required
        ${wrong}
        ${focus === 'email' ? focused : undefined}
      />
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        value="${password}"
        autocomplete="current-password"
        required
        ${wrong}
        ${focus === 'password' ? focused : undefined}
      />
      <button type="submit" ${focus === 'button' ? focused : undefined}>Sign in</button>
    </form>
  `
}

function choice(
  {email, name, password, modelAccess}: DemoAccount,
  query: string,
  form: LoginForm,
): Html {
  const parameters = new URLSearchParams(query)
  parameters.set('account', email)
  const filledIn = email === form.email && password === form.password
  const current = filledIn ? html`aria-current="true"` : undefined
  return html`<li>
    <a href="/login?${parameters.toString()}" ${current}>
      <strong>${name}</strong>
      <span>${modelAccess ? 'with model access' : 'no model access'}</span>
    </a>
  </li>`
}
