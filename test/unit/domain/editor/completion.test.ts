import {expect} from 'chai'
import {type Action, edit, type Editor, newEditor} from '../../../../src/domain/editor/editor.js'
import {submitted} from '../../../../src/domain/editor/editor.js'

const VALUES = ['/login', '/logout', '/model ', '/mcp']
const MODELS = ['claude-opus', 'claude-sonnet', 'gpt']

const surroundings = {
  measure: {columns: 80, widthOf: () => 1},
  complete(before: string) {
    const isName = /^\/\S*$/.test(before)
    const from = isName ? 0 : '/model '.length
    if (!isName && !before.startsWith('/model ')) return undefined
    const candidates = (isName ? VALUES : MODELS)
      .filter((value) => value.startsWith(before.slice(from)))
      .map((value) => ({value}))
    return {from, candidates, eager: isName}
  },
}

const TAB: Action = {type: 'complete', step: 1}
const BACK: Action = {type: 'complete', step: -1}
const DOWN: Action = {type: 'vertical', step: 1}
const UP: Action = {type: 'vertical', step: -1}

function typed(text: string, ...actions: Action[]): Editor {
  const start = edit(newEditor(['earlier']), {type: 'insert', text}, surroundings)
  return actions.reduce((state, action) => edit(state, action, surroundings), start)
}

function selected({menu}: Editor): string | undefined {
  return menu?.candidates[menu.selected ?? -1]?.value
}

describe('the completion of the editor', () => {
  it('is shown as soon as there is something to complete', () => {
    expect(typed('/l').menu?.candidates.map(({value}) => value)).to.deep.equal([
      '/login',
      '/logout',
    ])
    expect(typed('/x').menu).to.equal(undefined)
    expect(typed('hello').menu).to.equal(undefined)
    expect(typed('/l', {type: 'delete', to: 'left'}).menu?.candidates).to.have.length(4)
  })

  it('inserts with Tab the common prefix of all candidates, then one after the other', () => {
    expect(typed('/lo', TAB).text).to.equal('/log')
    expect(typed('/lo', TAB, TAB).text).to.equal('/login')
    expect(typed('/lo', TAB, TAB, TAB).text).to.equal('/logout')
    expect(typed('/lo', TAB, TAB, TAB, TAB).text).to.equal('/login')
    expect(typed('/lo', TAB, TAB, BACK).text).to.equal('/logout')
    expect(typed('/lo', TAB, TAB, DOWN).text).to.equal('/logout')
  })

  it('inserts the only candidate, and shows what can follow it', () => {
    const editor = typed('/mo', TAB)
    expect(editor.text).to.equal('/model ')
    expect(editor.menu?.candidates).to.have.length(3)
    expect(typed('/mc', TAB)).to.deep.include({text: '/mcp', menu: undefined})
    expect(typed('/model g', TAB)).to.deep.include({text: '/model gpt', menu: undefined})
  })

  it('is requested with Tab where it is not shown, and does nothing where there is none', () => {
    expect(typed('/l', {type: 'dismiss'}, TAB).text).to.equal('/log')
    expect(typed('hello', TAB).text).to.equal('hello')
    expect(typed('/lo', {type: 'move', to: 'left'}, TAB).text).to.equal('/lo')
  })

  it('lets the arrows select cyclically, and Tab insert the selection', () => {
    expect(selected(typed('/l'))).to.equal('/login')
    expect(selected(typed('/l', DOWN))).to.equal('/logout')
    expect(selected(typed('/l', DOWN, DOWN))).to.equal('/login')
    expect(selected(typed('/l', UP))).to.equal('/logout')
    expect(typed('/l', DOWN, TAB).text).to.equal('/logout')
  })

  it('runs the selected command with Enter', () => {
    expect(submitted(typed('/l')).text).to.equal('/login')
    expect(submitted(typed('/l', DOWN)).text).to.equal('/logout')
    expect(submitted(typed('/mo')).text).to.equal('/model')
    expect(submitted(typed('/l', {type: 'dismiss'})).text).to.equal('/l')
    expect(submitted(typed('/nothing')).text).to.equal('/nothing')
  })

  it('adds an argument with Enter only when one was selected', () => {
    expect(submitted(typed('/model ')).text).to.equal('/model')
    expect(submitted(typed('/model ', DOWN, DOWN)).text).to.equal('/model claude-sonnet')
    expect(submitted(typed('/model cl', UP)).text).to.equal('/model claude-sonnet')
  })

  it('leaves the arrows to the history where nothing is shown', () => {
    expect(typed('/l', {type: 'dismiss'}, UP).text).to.equal('earlier')
    expect(typed('', UP)).to.deep.include({text: 'earlier', menu: undefined})
  })
})
