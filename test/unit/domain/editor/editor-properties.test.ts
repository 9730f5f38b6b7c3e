import {expect} from 'chai'
import {borderAtOrBefore, graphemesOf} from '../../../../src/domain/editor/graphemes.js'
import {
  type Action,
  edit,
  type Editor,
  newEditor,
  submitted,
} from '../../../../src/domain/editor/editor.js'
import {type Request, requestOf} from '../../../../src/app/composer/keymap.js'
import {KeyDecoder} from '../../../../src/terminal/keys/key-decoder.js'
import {rowAt, rowsOf} from '../../../../src/domain/editor/rows.js'
import {numbersFrom} from '../../../support/random-numbers.js'

const RUNS = 40
const KEYS_A_RUN = 120

const TYPED = [
  'a',
  ' ',
  'word ',
  '/',
  '/l',
  'é',
  'e\u0301',
  '\u0301',
  '\u200d',
  '日',
  '👩‍👧',
  '👩',
  '🇩🇪',
]
const MORE = [
  '🇩',
  '\ufe0f',
  '\t',
  '\\',
  '\r',
  '\n',
  '\x1b[200~p\r\nq\x1b[201~',
  '각',
  '\ud7a3',
  'नि',
]
const KEYS = ['A', 'B', 'C', 'D', 'H', 'F', '3~', 'Z', '1;5C', '1;5D', '13;2u'].map(
  (end) => `\x1b[${end}`,
)
const CONTROLS = [
  '\x7f',
  '\x17',
  '\x15',
  '\x0b',
  '\x19',
  '\x01',
  '\x05',
  '\x10',
  '\x0e',
  '\x1bb',
  '\x1bd',
]
const INPUTS = [...TYPED, ...TYPED, ...MORE, ...KEYS, ...CONTROLS]

function surroundingsFor(columns: number) {
  return {
    measure: {columns, widthOf: (grapheme: string) => (grapheme > '\u1100' ? 2 : 1)},
    complete(before: string) {
      if (!before.startsWith('/')) return undefined
      const candidates = ['/login', '/logout', '/日本'].filter((value) => value.startsWith(before))
      return {from: 0, candidates: candidates.map((value) => ({value})), eager: true}
    },
  }
}

function isAction(request: Request): request is Action {
  return !['submit', 'interrupt', 'escape', 'delete-or-leave', 'clear-screen', 'suspend'].includes(
    request.type,
  )
}

function borders(text: string): Set<number> {
  let offset = 0
  const ends = graphemesOf(text).map((grapheme) => (offset += grapheme.length))
  return new Set([0, ...ends])
}

function check(editor: Editor, columns: number): void {
  const {text, cursor, menu, recall} = editor
  expect(text).not.to.match(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/)
  expect(borders(text).has(cursor), JSON.stringify({text, cursor})).to.equal(true)
  expect(recall.position).to.be.within(0, recall.entries.length)
  if (menu?.selected !== undefined) expect(menu.candidates[menu.selected]).not.to.equal(undefined)
  const rows = rowsOf(text, surroundingsFor(columns).measure)
  expect(rows.map(({start, end}) => text.slice(start, end)).join('')).to.equal(
    text.replaceAll('\n', ''),
  )
  expect(rowAt(rows, cursor)).to.be.within(0, rows.length - 1)
}

describe('the editor, with any keys', () => {
  it('keeps its cursor between graphemes, its text clean, and its rows whole', () => {
    for (let run = 0; run < RUNS; run += 1) {
      const random = numbersFrom(run)
      const columns = 1 + random(30)
      const decoder = new KeyDecoder()
      let editor = newEditor(['one', 'two\nlines', '日本語'])
      for (let key = 0; key < KEYS_A_RUN; key += 1) {
        const input = INPUTS[random(INPUTS.length)] ?? ''
        for (const event of decoder.write(Buffer.from(input))) {
          const request = requestOf(event)
          if (request === undefined) continue
          if (request.type === 'submit') editor = submitted(editor).editor
          else if (isAction(request)) editor = edit(editor, request, surroundingsFor(columns))
          check(editor, columns)
        }
      }
    }
  })

  it('undoes typed text with Backspace, grapheme by grapheme', () => {
    for (let run = 0; run < RUNS; run += 1) {
      const random = numbersFrom(1000 + run)
      const around = surroundingsFor(40)
      let editor = newEditor()
      for (let index = 0; index < 20; index += 1) {
        editor = edit(editor, {type: 'insert', text: TYPED[random(TYPED.length)] ?? ''}, around)
      }
      const count = graphemesOf(editor.text).length
      for (let index = 0; index < count; index += 1) {
        expect(editor.text).not.to.equal('')
        editor = edit(editor, {type: 'delete', to: 'left'}, around)
      }
      expect(editor.text).to.equal('')
    }
  })
})

describe('borderAtOrBefore', () => {
  it('finds the same boundaries as segmenting the whole text', () => {
    const text = `a\n${[...TYPED, ...MORE].join('').replaceAll(/[\r\x1b]/g, '')}\n\nb`
    const all = borders(text)
    for (let offset = 0; offset <= text.length; offset += 1) {
      const nearest = Math.max(...[...all].filter((border) => border <= offset))
      expect(borderAtOrBefore(text, offset), String(offset)).to.equal(nearest)
    }
  })
})
