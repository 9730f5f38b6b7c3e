import {
  accepted,
  type Complete,
  type CompletionMenu,
  menuFor,
  selectNext,
  tabbed,
} from './completion.js'
import {borderAtOrBefore, nextBorder} from './graphemes.js'
import {type Motion, targetOf} from './motions.js'
import {type Recall, recalled, recallOf, remembered} from './recall.js'
import {columnOf, type Measure, rowAt, rowsOf, verticalTarget} from './rows.js'
import {typedText} from './typed-text.js'

/** A text of any number of lines that is being edited. */
export interface Editor {
  readonly text: string
  /** An offset in `text`, always on a grapheme boundary. */
  readonly cursor: number
  /** The column that vertical movement keeps, across rows that are shorter. */
  readonly column: number | undefined
  /** The last removed text of more than one character. */
  readonly killed: string
  readonly recall: Recall
  readonly menu: CompletionMenu | undefined
}

export type Action =
  | {readonly type: 'insert' | 'paste' | 'replace'; readonly text: string}
  | {readonly type: 'move' | 'delete'; readonly to: Motion}
  | {readonly type: 'vertical'; readonly step: -1 | 1}
  | {readonly type: 'complete'; readonly step: -1 | 1}
  | {readonly type: 'clear' | 'dismiss' | 'suggest' | 'yank'}

/** What an action depends on besides the text. */
export interface EditContext {
  readonly measure: Measure
  readonly complete: Complete
}

const SINGLE: ReadonlySet<Motion> = new Set(['left', 'right'])

/** An empty editor. */
export function newEditor(entries: readonly string[] = []): Editor {
  const nothing = {column: undefined, killed: '', menu: undefined}
  return {text: '', cursor: 0, ...nothing, recall: recallOf(entries)}
}

/** The editor after an action; the same object where nothing changed. */
export function edit(editor: Editor, action: Action, surroundings: EditContext): Editor {
  switch (action.type) {
    case 'insert':
      return suggesting(inserted(editor, action.text), surroundings)
    case 'paste':
      return inserted(editor, action.text)
    case 'replace':
      return {...editor, ...atEnd(typedText(action.text))}
    case 'move':
      return moved(editor, action.to)
    case 'delete':
      return suggesting(removed(editor, action.to), surroundings)
    case 'vertical':
      return gone(editor, action.step, surroundings)
    case 'complete':
      return {...editor, column: undefined, ...tabbed(editor, action.step, surroundings.complete)}
    case 'clear':
      return cleared(editor)
    case 'dismiss':
      return editor.menu === undefined ? editor : {...editor, menu: undefined}
    case 'suggest':
      return editor.menu?.cycling === true ? editor : suggesting(editor, surroundings)
    case 'yank':
      return inserted(editor, editor.killed)
  }
}

/** The submitted text, and the editor for the next one, which has it in its history. */
export function submitted(editor: Editor): {readonly text: string; readonly editor: Editor} {
  const text = accepted(editor).trimEnd()
  const recall = text === '' ? editor.recall : remembered(editor.recall, text)
  return {text, editor: {...editor, ...atEnd(''), recall}}
}

/** Without the `\` before the cursor at the end of the text, which means a new line there. */
export function withContinuation(editor: Editor): Editor | undefined {
  const {text, cursor} = editor
  if (cursor !== text.length || !text.endsWith('\\')) return undefined
  return {...editor, ...atEnd(`${text.slice(0, -1)}\n`)}
}

/** The removed text can be restored by yanking it. */
function cleared(editor: Editor): Editor {
  const killed = editor.text === '' ? editor.killed : editor.text
  return {...editor, ...atEnd(''), killed, recall: recallOf(editor.recall.entries)}
}

function atEnd(text: string): Pick<Editor, 'column' | 'cursor' | 'menu' | 'text'> {
  return {text, cursor: text.length, column: undefined, menu: undefined}
}

function inserted(editor: Editor, typed: string): Editor {
  const added = typedText(typed)
  const before = editor.text.slice(0, editor.cursor) + added
  const text = before + editor.text.slice(editor.cursor)
  return {...editor, text, cursor: settled(text, before.length), column: undefined, menu: undefined}
}

function moved(editor: Editor, to: Motion): Editor {
  const cursor = targetOf(editor.text, editor.cursor, to)
  return {...editor, cursor, column: undefined, menu: undefined}
}

function removed(editor: Editor, to: Motion): Editor {
  const target = reachOf(editor, to)
  if (target === editor.cursor) return {...editor, menu: undefined}
  const [start, end] = [Math.min(target, editor.cursor), Math.max(target, editor.cursor)]
  const text = editor.text.slice(0, start) + editor.text.slice(end)
  const killed = SINGLE.has(to) ? editor.killed : editor.text.slice(start, end)
  return {...editor, text, killed, column: undefined, menu: undefined, cursor: settled(text, start)}
}

/** Where a line is empty up to its end or start, its line feed is removed, as usual for Ctrl+K. */
function reachOf({text, cursor}: Editor, to: Motion): number {
  const target = targetOf(text, cursor, to)
  if (target !== cursor) return target
  if (to === 'line-end') return targetOf(text, cursor, 'right')
  return to === 'line-start' ? targetOf(text, cursor, 'left') : target
}

/** The joined texts may form one grapheme: then the cursor is placed after it. */
function settled(text: string, offset: number): number {
  const border = borderAtOrBefore(text, offset)
  return border === offset ? offset : nextBorder(text, border)
}

/** Up and down: through the candidates on display, otherwise row by row, otherwise the history. */
function gone(editor: Editor, step: -1 | 1, {measure, complete}: EditContext): Editor {
  const {menu, text, cursor} = editor
  if (menu?.cycling === true) return {...editor, ...tabbed(editor, step, complete)}
  if (menu !== undefined) return {...editor, menu: selectNext(menu, step)}
  const column = editor.column ?? currentColumn(editor, measure)
  const target = verticalTarget({text, cursor}, step, column, measure)
  if (target !== undefined) return {...editor, cursor: target, column, menu: undefined}
  const found = recalled(editor.recall, step, text)
  if (found === undefined) return {...editor, menu: undefined}
  return {...editor, ...atEnd(typedText(found.text)), recall: found.recall}
}

function currentColumn({text, cursor}: Editor, measure: Measure): number {
  const rows = rowsOf(text, measure)
  const row = rows[rowAt(rows, cursor)]
  return row === undefined ? 0 : columnOf(text, row, cursor, measure)
}

function suggesting(editor: Editor, {complete}: EditContext): Editor {
  return {...editor, menu: menuFor(editor, complete)}
}
