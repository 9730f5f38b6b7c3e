import {expect} from 'chai'
import type {Request} from '../../../../src/app/composer/keymap.js'
import {PromptEditor} from '../../../../src/app/composer/prompt-editor.js'
import {measureFor} from '../../../../src/app/composer/prompt-rows.js'

const type = (text: string): Request => ({type: 'insert', text})

describe('PromptEditor', () => {
  let prompt: PromptEditor
  const text = (): string => prompt.view.editor.text

  beforeEach(() => {
    const context = {measure: measureFor(80), complete: () => undefined}
    prompt = new PromptEditor(['first thought', 'second thought'], () => context)
  })

  it('edits its text, and leaves other requests to the composer', () => {
    expect(prompt.take(type('hello'))).to.equal(undefined)
    expect(text()).to.equal('hello')
    for (const request of ['submit', 'interrupt', 'clear-screen', 'escape'] as const) {
      expect(prompt.take({type: request})).to.equal(request)
      expect(text()).to.equal('hello')
    }
  })

  it('deletes to the right on Ctrl+D, and leaves an empty line to the composer', () => {
    prompt.take(type('x'))
    prompt.take({type: 'move', to: 'left'})
    expect(prompt.take({type: 'delete-or-leave'})).to.equal(undefined)
    expect(text()).to.equal('')
    expect(prompt.take({type: 'delete-or-leave'})).to.equal('delete-or-leave')
  })

  it('shows the keys at the first "?" of an empty line, and hides them at the next key', () => {
    prompt.take(type('?'))
    expect([prompt.view.showsKeys, text()]).to.deep.equal([true, ''])
    expect(prompt.take({type: 'escape'})).to.equal(undefined)
    expect(prompt.view.showsKeys).to.equal(false)
    prompt.take(type('?'))
    prompt.take(type('?'))
    expect([prompt.view.showsKeys, text()]).to.deep.equal([false, '?'])
  })

  it('replaces the text with the result of a search', () => {
    prompt.take({type: 'search'})
    prompt.take(type('first'))
    expect(prompt.view.hint).to.include('history: first')
    expect(prompt.take({type: 'submit'})).to.equal(undefined)
    expect([prompt.view.hint, text()]).to.deep.equal([undefined, 'first thought'])
  })

  it('returns the entered text; nothing for a blank line, or one that continues', () => {
    prompt.take(type('  '))
    expect(prompt.submit()).to.equal(undefined)
    prompt.take(type('one\\'))
    expect(prompt.submit()).to.equal(undefined)
    prompt.take(type('two'))
    expect(prompt.submit()).to.equal('one\ntwo')
    expect(text()).to.equal('')
  })

  it('inserts entered lines before the typed text', () => {
    prompt.take(type('three'))
    prompt.putBack([])
    expect(text()).to.equal('three')
    prompt.putBack(['one', 'two'])
    expect(text()).to.equal('one\ntwo\nthree')
  })
})
