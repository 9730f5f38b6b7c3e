import {expect} from 'chai'
import {createHash} from 'node:crypto'
import {
  type CallbackPage,
  outcomePage,
  refusalPage,
  responseText,
  stoppedPage,
} from '../../../../src/adapters/callback-server/callback-pages.js'

const REFUSALS = [400, 404, 405, 408, 409, 431] as const
const pages: readonly (readonly [number, CallbackPage])[] = [
  [200, outcomePage({ok: true})],
  [200, outcomePage({ok: true, signedIn: {who: 'ada@example.com', host: 'mogplex.com'}})],
  [400, outcomePage({ok: false, code: 'LOGIN_FAILED'})],
  [503, stoppedPage()],
  ...REFUSALS.map((status) => [status, refusalPage(status)] as const),
]

describe('the pages of the callback', () => {
  for (const [status, page] of pages) {
    it(`loads nothing, is not cached and sends no referrer: ${status}`, () => {
      const {headers, html} = page
      const style = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? ''
      const hash = createHash('sha256').update(style).digest('base64')
      expect(page.status).to.equal(status)
      expect(headers).to.include({
        'Cache-Control': 'no-store',
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': String(Buffer.byteLength(html)),
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
        Connection: 'close',
      })
      expect(headers['Content-Security-Policy']?.split('; ')).to.have.members([
        "default-src 'none'",
        `style-src 'sha256-${hash}'`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ])
      expect(html).not.to.match(/<script|src=|href=/)
    })
  }

  it('differ for success, failure and neither by more than a colour', () => {
    const moods = pages.map(([, {html}]) => /<main class="(\w+)">/.exec(html)?.[1])
    expect(moods).to.deep.equal(['good', 'good', 'bad', 'calm', ...REFUSALS.map(() => 'calm')])
    const headings = pages.map(([, {html}]) => /<h1>(.*)<\/h1>/.exec(html)?.[1])
    expect(headings.slice(1, 4)).to.deep.equal([
      'You are signed in.',
      'The sign-in failed.',
      'The sign-in was stopped.',
    ])
  })

  it('show who signed in, as text, and what to do for a wrong account', () => {
    const {html} = outcomePage({ok: true, signedIn: {who: '<i>ada</i>@x', host: 'a&b'}})
    expect(html)
      .to.include('as <b>&#60;i&#62;ada&#60;/i&#62;@x</b>')
      .and.include('Sign out at a&#38;b,')
    expect(html).to.include('--expect-account')
    expect(outcomePage({ok: true}).html).not.to.include('Not you?')
  })

  it('show a reason as text, whatever it contains', () => {
    const {html} = refusalPage(400, `<b onclick='x'>&"`)
    expect(html).to.include('<p class="reason">&#60;b onclick=&#39;x&#39;&#62;&#38;&#34;</p>')
    expect(refusalPage(400).html).not.to.include('<p class="reason">')
  })

  it('show only our own text about a failure, by its code', () => {
    const unknown = outcomePage({ok: false, code: '<b>code-of-a-server</b>'}).html
    expect(unknown).to.equal(outcomePage({ok: false, code: undefined}).html)
    expect(unknown).not.to.include('code-of-a-server')
  })

  it('name the allowed method, where another was used', () => {
    expect(refusalPage(405).headers).to.include({Allow: 'GET'})
    expect(refusalPage(404).headers).not.to.have.property('Allow')
  })
})

describe('responseText', () => {
  it('is a complete HTTP/1.1 response', () => {
    const page = refusalPage(431)
    const [head = '', ...body] = responseText(page).split('\r\n\r\n')
    const [status, ...lines] = head.split('\r\n')
    expect(status).to.equal('HTTP/1.1 431 Request Header Fields Too Large')
    expect(Object.fromEntries(lines.map((line) => line.split(/: (.*)/)))).to.deep.include({
      'Cache-Control': 'no-store',
    })
    expect(lines).to.have.length(Object.keys(page.headers).length)
    expect(body.join('\r\n\r\n')).to.equal(page.html)
  })
})
