import type {Editor} from '../../domain/editor/editor.js'
import {
  foundEntry,
  type HistorySearch,
  narrowed,
  newSearch,
  older,
  widened,
} from '../../domain/editor/history-search.js'
import type {Request} from './keymap.js'
import {typedText} from '../../domain/editor/typed-text.js'
import {printable} from '../../domain/text/printable.js'

export const SEARCH_KEYS = 'Enter takes it, Ctrl+R an older one, Esc back'
const MAX_SHOWN = 40

/** The keys while the history is searched (Ctrl+R), and the view that replaces the line. */
export class SearchBox {
  #search: HistorySearch | undefined

  /** The search line; `undefined` while nothing is searched. */
  get hint(): string | undefined {
    if (this.#search === undefined) return undefined
    const {query, at} = this.#search
    const misses = query !== '' && at === undefined ? ', not found' : ''
    return `history: ${printable(query, MAX_SHOWN)}${misses} · ${SEARCH_KEYS}`
  }

  /** The editor as it is shown: with the found text in place of the typed one. */
  shown(editor: Editor): Editor {
    if (this.#search === undefined) return editor
    const text = typedText(foundEntry(this.#search) ?? '')
    return {...editor, text, cursor: text.length, column: undefined, menu: undefined}
  }

  /**
   * Handles a request during a search, and starts a search.
   *
   * @returns whether it was handled; or the accepted text, for the line
   */
  take(request: Request, entries: readonly string[]): boolean | {readonly text: string} {
    if (this.#search === undefined) {
      if (request.type !== 'search') return false
      this.#search = newSearch(entries)
      return true
    }
    if (request.type === 'search') this.#search = older(this.#search)
    else if (request.type === 'insert' || request.type === 'paste') {
      this.#search = narrowed(this.#search, request.text)
    } else if (request.type === 'delete' && request.to === 'left') {
      this.#search = widened(this.#search)
    } else if (request.type === 'submit') {
      const text = foundEntry(this.#search)
      this.#search = undefined
      return text === undefined ? true : {text}
    } else if (request.type === 'interrupt' || request.type === 'escape') {
      this.#search = undefined
    } else if (request.type === 'clear-screen') {
      return false
    }
    return true
  }
}
