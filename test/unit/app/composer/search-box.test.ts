import {expect} from 'chai'
import {SearchBox} from '../../../../src/app/composer/search-box.js'
import {newEditor} from '../../../../src/domain/editor/editor.js'
import type {Request} from '../../../../src/app/composer/keymap.js'

const ENTRIES = ['first thought', 'second thought']
const type = (text: string): Request => ({type: 'insert', text})

describe('SearchBox', () => {
  let box: SearchBox
  const shown = (): string => box.shown({...newEditor(), text: 'half', cursor: 4}).text
  const take = (request: Request) => box.take(request, ENTRIES)

  beforeEach(() => {
    box = new SearchBox()
  })

  it('handles no keys until Ctrl+R', () => {
    for (const request of [type('x'), {type: 'submit'}, {type: 'interrupt'}] as const) {
      expect(take(request)).to.equal(false)
    }
    expect([shown(), box.hint]).to.deep.equal(['half', undefined])
  })

  it('shows the found entry, older at each Ctrl+R, and returns it on Enter', () => {
    take({type: 'search'})
    take(type('thought'))
    expect(shown()).to.equal('second thought')
    expect(box.hint).to.include('history: thought')
    take({type: 'search'})
    expect(shown()).to.equal('first thought')
    expect(take({type: 'submit'})).to.deep.equal({text: 'first thought'})
    expect(box.hint).to.equal(undefined)
  })

  it('returns to the line on Escape and Ctrl+C, and accepts nothing where nothing is found', () => {
    for (const request of [{type: 'escape'}, {type: 'interrupt'}] as const) {
      take({type: 'search'})
      take(type('first'))
      expect(take(request)).to.equal(true)
      expect(shown()).to.equal('half')
    }
    take({type: 'search'})
    take(type('nothing'))
    expect(box.hint).to.include('not found')
    expect(take({type: 'submit'})).to.equal(true)
    expect(shown()).to.equal('half')
  })

  it('blocks keys that would change the line meanwhile', () => {
    take({type: 'search'})
    for (const request of [
      {type: 'move', to: 'left'},
      {type: 'yank'},
      {type: 'delete-or-leave'},
    ] as const) {
      expect(take(request)).to.equal(true)
    }
    expect(take({type: 'clear-screen'})).to.equal(false)
  })
})
