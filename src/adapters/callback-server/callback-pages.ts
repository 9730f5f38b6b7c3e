/*
 * What the browser shows after the redirect from the authorization server. The rules of these
 * pages: no script, no external resources, no code, token or state, and no text from outside except
 * who signed in, escaped: other text of a server may repeat the code. Readable at 320 px, in light
 * and dark.
 */
import {createHash} from 'node:crypto'
import {STATUS_CODES} from 'node:http'

/**
 * The result of the login. `code` is the code of one of our errors: some have their own text on the
 * page.
 */
export type LoginOutcome =
  | {readonly ok: true; readonly signedIn?: SignedInText | undefined}
  | {readonly ok: false; readonly code: string | undefined}

/** Who signed in, and where: printable texts with any printable character. */
export interface SignedInText {
  readonly who: string
  readonly host: string
}

/** A complete response, sent exactly like this. */
export interface CallbackPage {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly html: string
}

const STYLE = `
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --line: #dfe3e8;
  --text: #15191f; --soft: #525b68; --good: #137a43; --good-soft: #e3f5ea;
  --bad: #b3261e; --bad-soft: #fcebea; --calm: #4a5568; --calm-soft: #edf0f4 }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0e1116; --card: #161b22; --line: #2b323c; --text: #eef1f5; --soft: #a6b0bd;
    --good: #57d18c; --good-soft: #12301f; --bad: #ff8a80; --bad-soft: #3a1a1a;
    --calm: #b4bfcc; --calm-soft: #232a34 }
}
* { box-sizing: border-box; margin: 0 }
body { min-height: 100vh; display: grid; place-items: center; padding: 24px 16px;
  background: var(--ground); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
main { width: 100%; max-width: 420px; padding: 40px 32px 32px; text-align: center;
  background: var(--card); border: 1px solid var(--line); border-radius: 16px;
  box-shadow: 0 1px 2px rgb(0 0 0 / .04), 0 12px 32px rgb(0 0 0 / .06) }
.mark { width: 56px; height: 56px; margin: 0 auto 20px; padding: 12px; border-radius: 50% }
.mark svg { display: block; fill: none; stroke: currentColor; stroke-width: 2.5;
  stroke-linecap: round; stroke-linejoin: round }
.good .mark { color: var(--good); background: var(--good-soft) }
.bad .mark { color: var(--bad); background: var(--bad-soft) }
.calm .mark { color: var(--calm); background: var(--calm-soft) }
h1 { font-size: 22px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em }
p { margin-top: 10px; color: var(--soft); overflow-wrap: anywhere; text-wrap: balance }
.reason { margin-top: 18px; padding: 12px 14px; border-radius: 10px; text-align: left;
  color: var(--text); background: var(--calm-soft); font-size: 15px }
code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--text);
  white-space: nowrap }
footer { margin-top: 28px; padding-top: 18px; border-top: 1px solid var(--line);
  color: var(--soft); font: 600 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
@media (max-width: 380px) { main { padding: 32px 20px 24px } }
`

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Content-Type': 'text/html; charset=utf-8',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
}

const MARKS = {
  good: 'M5 12.5l4.5 4.5L19 7.5',
  bad: 'M7 7l10 10M17 7L7 17',
  calm: 'M12 6v7M12 17.5v.1',
}

/** The page's text for a failed sign-in. */
export const TITLES = {
  signedIn: 'You are signed in.',
  failed: 'The sign-in failed.',
  stopped: 'The sign-in was stopped.',
} as const

const REFUSALS = {
  400: ['This answer was not accepted', 'It changed nothing; see the terminal.'],
  404: ['Nothing is here', 'This address belongs to <code>mogplex login</code> in a terminal.'],
  405: ['Nothing is here', 'This address takes only the answer of a sign-in.'],
  408: ['That took too long', 'The request never ended. It changed nothing.'],
  409: ['This sign-in is answered', 'Another answer arrived first; see the terminal.'],
  410: ['This address was used', 'It works only once: open the address in the terminal.'],
  431: [
    'That is too long',
    'The browser sent more than can be read here, most likely cookies of other programs on 127.0.0.1.',
  ],
} as const

const FAILURES: ReadonlyMap<string, string> = new Map([
  ['AUTH_FILE_BROKEN', 'The login could not be stored.'],
  ['CANCELLED', 'It was interrupted in the terminal.'],
  ['LOCAL_FILE', 'The login could not be stored.'],
  ['RATE_LIMITED', 'The server asks to wait.'],
  ['OTHER_ACCOUNT', 'The profile belongs to another account than the one that signed in.'],
  ['UNEXPECTED_ACCOUNT', 'Another account signed in than the one that was expected.'],
  ['UNREACHABLE', 'The server could not be reached.'],
])

/** The page of a finished login: signed in only when the credential is stored. */
export function outcomePage(outcome: LoginOutcome): CallbackPage {
  return outcome.ok ? signedInPage(outcome.signedIn) : failedPage(outcome.code)
}

/** The page as a complete HTTP/1.1 response, for a connection that sent no readable request. */
export function responseText({status, headers, html}: CallbackPage): string {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`]
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  return `${lines.join('\r\n')}\r\n\r\n${html}`
}

/** The service shows no consent page: this is the only chance to notice the wrong account. */
function signedInPage(signedIn: SignedInText | undefined): CallbackPage {
  const text = paragraph('Go back to the terminal; you can close this tab.')
  if (signedIn === undefined) return page(200, 'good', TITLES.signedIn, text)
  const who = paragraph(`as <b>${escapeHtml(signedIn.who)}</b>`)
  const notYou = `Not you? Sign out at ${escapeHtml(signedIn.host)}, then run <code>mogplex login</code> again; with <code>--expect-account</code> it accepts only you.`
  return page(200, 'good', TITLES.signedIn, `${who}${text}<p class="reason">${notYou}</p>`)
}

function failedPage(code: string | undefined): CallbackPage {
  const text = 'The terminal says why: go back there to try again. You can close this tab.'
  const why = FAILURES.get(code ?? '')
  return page(400, 'bad', TITLES.failed, paragraph(text) + quoted(why))
}

/** Shown when the login ended, by Ctrl+C or a timeout, while the browser waited. */
export function stoppedPage(): CallbackPage {
  const text = 'To start again, run <code>mogplex login</code> in the terminal.'
  return page(503, 'calm', TITLES.stopped, paragraph(text))
}

/** @param reason - one of our sentences, for a callback that was checked */
export function refusalPage(status: keyof typeof REFUSALS, reason?: string): CallbackPage {
  const [title, text] = REFUSALS[status]
  const refusal = page(status, 'calm', `${title}.`, paragraph(text) + quoted(reason))
  return status === 405 ? {...refusal, headers: {...refusal.headers, Allow: 'GET'}} : refusal
}

function page(status: number, mood: keyof typeof MARKS, title: string, body: string): CallbackPage {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replace(/\.$/, '')} · mogplex</title>
<style>${STYLE}</style>
</head>
<body>
<main class="${mood}">
<div class="mark" aria-hidden="true"><svg viewBox="0 0 24 24"><path d="${MARKS[mood]}"/></svg></div>
<h1>${title}</h1>
${body}
<footer>mogplex</footer>
</main>
</body>
</html>
`
  return {status, headers: {...HEADERS, 'Content-Length': `${Buffer.byteLength(html)}`}, html}
}

function paragraph(html: string): string {
  return `<p>${html}</p>\n`
}

function quoted(sentence: string | undefined): string {
  return sentence === undefined ? '' : `<p class="reason">${escapeHtml(sentence)}</p>`
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`)
}
