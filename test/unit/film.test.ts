import {expect} from 'chai'
import {filmOf} from '../../scripts/picture/film.js'
import type {Screen} from '../../scripts/picture/screen.js'

const PLAIN = {colour: undefined, isBold: false, isDim: false}

function screen(text: string): Screen {
  return {
    columns: 20,
    rows: [[{column: 2, width: text.length, text, ...PLAIN}]],
    cursor: undefined,
  }
}

describe('the picture of a session', () => {
  it('shows one screen after the other, and only the last one with reduced motion', () => {
    const picture = filmOf(
      [
        {screen: screen('first'), seconds: 1},
        {screen: screen('<last> & "done"'), seconds: 3},
      ],
      'A session',
    )
    expect(picture).to.include('aria-label="A session"')
    expect(picture).to.include('@keyframes k0{25%{opacity:0}0%{opacity:1}}')
    expect(picture).to.include('@keyframes k1{0%,100%{opacity:0}25%{opacity:1}}')
    expect(picture).to.include('.f:last-of-type{opacity:1}')
    expect(picture).to.include('&lt;last&gt; &amp; &quot;done&quot;</text>')
    expect(picture).not.to.match(/<script|href|NaN|undefined/)
  })

  it('gives each text the width of its cells', () => {
    const picture = filmOf([{screen: screen('  abc '), seconds: 1}], '')
    expect(picture).to.match(/<text x="51.6" y="49" textLength="25.2">abc<\/text>/)
  })
})
