import {expect} from 'chai'
import {
  type Action,
  edit,
  type Editor,
  newEditor,
  submitted,
  type EditContext,
  withContinuation,
} from '../../../../src/domain/editor/editor.js'
import type {Motion} from '../../../../src/domain/editor/motions.js'

const surroundings: EditContext = {
  measure: {columns: 20, widthOf: () => 1},
  complete: () => undefined,
}

/** An editor with a text, whose cursor is at the `|`. */
function at(marked: string, entries: readonly string[] = []): Editor {
  const cursor = marked.indexOf('|')
  return {...newEditor(entries), text: marked.replace('|', ''), cursor}
}

function marked({text, cursor}: Editor): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`
}

function after(editor: Editor, ...actions: Action[]): Editor {
  return actions.reduce((state, action) => edit(state, action, surroundings), editor)
}

const insert = (text: string): Action => ({type: 'insert', text})
const move = (to: Motion): Action => ({type: 'move', to})
const remove = (to: Motion): Action => ({type: 'delete', to})
const UP: Action = {type: 'vertical', step: -1}
const DOWN: Action = {type: 'vertical', step: 1}

describe('the editor', () => {
  it('inserts at the cursor', () => {
    expect(marked(after(at('ab|d'), insert('c')))).to.equal('abc|d')
    expect(marked(after(at('a|'), insert('\n'), insert('b')))).to.equal('a\nb|')
  })

  it('accepts a paste as a whole, without control characters', () => {
    const paste: Action = {type: 'paste', text: 'x\r\ny\x1b[31m\x07\tz'}
    expect(marked(after(at('a|b'), paste))).to.equal('ax\ny[31m\tz|b')
  })

  it('treats a user-perceived character as one', () => {
    for (const one of ['é', 'e\u0301', '👩‍👩‍👧', '🇩🇪', '👍🏽', '각', 'नि']) {
      const editor = after(at('a|b'), insert(one))
      expect(marked(after(editor, move('left')))).to.equal(`a|${one}b`)
      expect(marked(after(editor, move('left'), move('right')))).to.equal(`a${one}|b`)
      expect(marked(after(editor, remove('left')))).to.equal('a|b')
      expect(marked(after(editor, move('left'), remove('right')))).to.equal('a|b')
    }
  })

  it('places the cursor after a grapheme that joins with existing text', () => {
    expect(marked(after(at('e|x'), insert('\u0301')))).to.equal('e\u0301|x')
    expect(marked(after(at('👩|👧'), insert('\u200d')))).to.equal('👩\u200d👧|')
    expect(marked(after(at('👩-|\u200d👧x'), remove('left')))).to.equal('👩\u200d👧|x')
  })

  for (const [from, motion, to] of [
    ['one two| three', 'word-left', 'one |two three'],
    ['one two |three', 'word-left', 'one |two three'],
    ['foo.bar|', 'word-left', 'foo.|bar'],
    ['foo.bar|', 'blank-word-left', '|foo.bar'],
    ['a\nfoo  |', 'blank-word-left', 'a\n|foo  '],
    ['one| two three', 'word-right', 'one two| three'],
    ['|--foo bar', 'word-right', '--foo| bar'],
    ['a\nbc|d\ne', 'line-start', 'a\n|bcd\ne'],
    ['a\nb|cd\ne', 'line-end', 'a\nbcd|\ne'],
    ['|', 'word-left', '|'],
    ['|', 'word-right', '|'],
    ['a\n|', 'line-start', 'a\n|'],
    ['e\u0301a 日本|', 'word-left', 'e\u0301a |日本'],
  ] as const) {
    it(`moves ${motion} from ${JSON.stringify(from)}`, () => {
      expect(marked(after(at(from), move(motion)))).to.equal(to)
    })
  }

  for (const [from, motion, to] of [
    ['one two.three|', 'blank-word-left', 'one |'],
    ['one two.three|', 'word-left', 'one two.|'],
    ['a\nbcd|e', 'line-start', 'a\n|e'],
    ['a\n|b', 'line-start', 'a|b'],
    ['ab|cd\ne', 'line-end', 'ab|\ne'],
    ['ab|\ne', 'line-end', 'ab|e'],
    ['|a', 'left', '|a'],
    ['a|', 'right', 'a|'],
  ] as const) {
    it(`removes ${motion} from ${JSON.stringify(from)}`, () => {
      expect(marked(after(at(from), remove(motion)))).to.equal(to)
    })
  }

  it('restores the last removed text, even after Ctrl+C cleared it', () => {
    const editor = after(at('one two|'), remove('blank-word-left'), remove('left'))
    expect(marked(after(editor, {type: 'yank'}))).to.equal('onetwo|')
    expect(marked(after(at('a\nb|'), {type: 'clear'}, {type: 'clear'}))).to.equal('|')
    expect(marked(after(at('a\nb|'), {type: 'clear'}, {type: 'yank'}))).to.equal('a\nb|')
  })

  it('moves up and down, keeping the column past shorter rows', () => {
    const editor = at('long line\nx\nanother|')
    expect(marked(after(editor, UP))).to.equal('long line\nx|\nanother')
    expect(marked(after(editor, UP, UP))).to.equal('long li|ne\nx\nanother')
    expect(marked(after(editor, UP, UP, DOWN, DOWN))).to.equal('long line\nx\nanother|')
    expect(marked(after(editor, UP, move('left'), UP))).to.equal('|long line\nx\nanother')
  })

  it('moves through the rows of a long line before it leaves it', () => {
    const editor = at('the quick brown fox jumps over the lazy| dog', ['before'])
    expect(marked(after(editor, UP))).to.equal('the quick brown fox| jumps over the lazy dog')
    expect(after(editor, UP, UP).text).to.equal('before')
  })
})

describe('the history of the editor', () => {
  const entries = ['first', 'two\nlines', 'last']

  it('moves back and forth, and keeps the unfinished text', () => {
    const editor = at('dra|ft', entries)
    expect(marked(after(editor, UP))).to.equal('last|')
    expect(marked(after(editor, UP, UP))).to.equal('two\nlines|')
    expect(marked(after(editor, UP, UP, UP))).to.equal('two|\nlines')
    expect(marked(after(editor, UP, UP, UP, UP, UP))).to.equal('first|')
    expect(marked(after(editor, UP, DOWN))).to.equal('draft|')
    expect(marked(after(editor, DOWN))).to.equal('dra|ft')
  })

  it('keeps changes to an entry, until something is entered', () => {
    const changed = after(at('|', entries), UP, insert('!'))
    expect(marked(after(changed, DOWN, UP))).to.equal('last!|')
    const {editor, text} = submitted(changed)
    expect(text).to.equal('last!')
    expect(editor.recall.entries).to.deep.equal([...entries, 'last!'])
    expect(marked(after(editor, UP, UP))).to.equal('last|')
  })

  it('remembers entries, once, and nothing blank', () => {
    expect(submitted(at('last|', entries)).editor.recall.entries).to.deep.equal(entries)
    expect(submitted(at('  \n |', entries)).editor.recall.entries).to.deep.equal(entries)
    expect(submitted(at('new  \n|', entries))).to.deep.include({text: 'new'})
    expect(submitted(at(' new|')).text).to.equal(' new')
  })
})

describe('a backslash at the end', () => {
  it('is a new line', () => {
    const continued = withContinuation(at('one\\|'))
    expect(continued && marked(continued)).to.equal('one\n|')
  })

  it('is an ordinary backslash anywhere else', () => {
    expect(withContinuation(at('one\\ |'))).to.equal(undefined)
    expect(withContinuation(at('one|\\'))).to.equal(undefined)
    expect(withContinuation(at('|'))).to.equal(undefined)
  })
})
