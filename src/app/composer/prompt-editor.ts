import {
  type Action,
  edit,
  type EditContext,
  newEditor,
  submitted,
  withContinuation,
} from '../../domain/editor/editor.js'
import type {View} from './frame.js'
import type {Command, Request} from './keymap.js'
import {SearchBox} from './search-box.js'

/** The input at the prompt: the text, the history search, and the list of keys. */
export class PromptEditor {
  readonly #context: () => EditContext
  readonly #search = new SearchBox()
  #editor
  #showsKeys = false

  /**
   * @param entries - the history, oldest first
   * @param context - gives what an edit depends on, at the time of the edit
   */
  constructor(entries: readonly string[], context: () => EditContext) {
    this.#editor = newEditor(entries)
    this.#context = context
  }

  /** What is displayed; the hint is that of the search. */
  get view(): Pick<View, 'editor' | 'hint' | 'showsKeys'> {
    const {hint} = this.#search
    return {editor: this.#search.shown(this.#editor), hint, showsKeys: this.#showsKeys}
  }

  /** @returns the command that the composer has to run; `undefined` after an edit */
  take(request: Request): Command | 'submit' | undefined {
    const meaning = this.#meaningOf(request)
    if (typeof meaning !== 'object') return meaning
    this.edit(meaning)
    return undefined
  }

  edit(action: Action): void {
    this.#editor = edit(this.#editor, action, this.#context())
  }

  /** @returns the entered text; `undefined` where the line continues, or is blank */
  submit(): string | undefined {
    const continued = withContinuation(this.#editor)
    if (continued !== undefined) {
      this.#editor = continued
      return undefined
    }
    const {text, editor} = submitted(this.#editor)
    this.#editor = editor
    return text.trim() === '' ? undefined : text
  }

  /** Puts entered lines back in front of the text, so that they can be edited. */
  putBack(lines: readonly string[]): void {
    if (lines.length === 0) return
    this.edit({type: 'replace', text: [...lines, this.#editor.text].join('\n').trimEnd()})
  }

  #meaningOf(request: Request): Action | Command | 'submit' | undefined {
    const {text, menu, recall} = this.#editor
    const showedKeys = this.#showsKeys
    const taken = this.#search.take(request, recall.entries)
    this.#showsKeys = taken === false && !showedKeys && text === '' && isQuestion(request)
    if (taken === true || this.#showsKeys) return undefined
    if (taken !== false) return {type: 'replace', text: taken.text}
    switch (request.type) {
      case 'escape':
        if (showedKeys) return undefined
        return menu === undefined ? 'escape' : {type: 'dismiss'}
      case 'delete-or-leave':
        return text === '' ? 'delete-or-leave' : {type: 'delete', to: 'right'}
      case 'clear-screen':
      case 'interrupt':
      case 'search':
      case 'submit':
        return request.type
      default:
        return request
    }
  }
}

function isQuestion(request: Request): boolean {
  return request.type === 'insert' && request.text === '?'
}
