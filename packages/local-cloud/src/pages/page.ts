import {html, type Html} from './html.js'

/** A page: its title, the contents of `<main>`, and where its forms may lead besides this site. */
interface Page {
  readonly title: string
  readonly main: Html
  readonly wide?: boolean
  readonly formTargets?: readonly string[]
  readonly status?: number
}

/** Wraps a page in the shared layout. No scripts, nothing from another site, nothing cached. */
export function page({title, main, wide = false, formTargets = [], status = 200}: Page): Response {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Mogplex local cloud</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <header class="masthead">
          <a class="wordmark" href="/">mogplex <span>local cloud</span></a>
        </header>
        <main class="${wide ? 'sheet wide' : 'sheet'}">${main}</main>
        <footer class="colophon">Runs on this computer. Nothing leaves it.</footer>
      </body>
    </html> `
  return new Response(document.html, {status, headers: headersOf(formTargets)})
}

function headersOf(formTargets: readonly string[]): Record<string, string> {
  // A browser applies `form-action` to every redirect after the form, up to the CLI's port.
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    // `no-referrer` would make browsers send `Origin: null` with our forms.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  }
}
