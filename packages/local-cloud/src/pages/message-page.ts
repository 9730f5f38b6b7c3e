import {html} from './html.js'
import {page} from './page.js'

/** The page for an unknown address. */
export function notFoundPage(): Response {
  const main = html`
    <h1>Nothing here</h1>
    <p class="lead">This address is not part of the local cloud.</p>
    <p><a href="/">Go to the home page</a></p>
  `
  return page({title: 'Not found', main, status: 404})
}

/** The page for a form that another site has sent. */
export function forbiddenPage(): Response {
  const main = html`
    <h1>Not from here</h1>
    <p class="lead">This form was sent by another site, so nothing was done.</p>
    <p><a href="/">Go to the home page</a></p>
  `
  return page({title: 'Refused', main, status: 403})
}

/** The page for an authorization request that has expired, or was changed. */
export function overPage(): Response {
  const main = html`
    <h1>This sign-in is over</h1>
    <p class="lead">It was started more than ten minutes ago, or its address was changed.</p>
    <p>Start it again where you started it.</p>
  `
  return page({title: 'Over', main, status: 400})
}
