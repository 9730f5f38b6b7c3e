import {graphemesOf} from '../domain/editor/graphemes.js'
import {typedText} from '../domain/editor/typed-text.js'
import type {KeyEvent} from './keys/sequences.js'

/** The keys that cancel a question. */
export const LEAVING = ['ctrl+c', 'ctrl+d', 'escape'] as const

const ENTER = new Set(['enter', 'ctrl+j', 'ctrl+m'])

/** One line that is typed without cursor movement: a key, a yes or a no. */
export class TypedLine {
  text = ''

  /** @returns the lines that it completes */
  take(event: KeyEvent): string[] {
    if (event.type !== 'key') {
      const [first = '', ...others] = typedText(event.text).split('\n')
      const parts = [this.text + first, ...others]
      this.text = parts.pop() ?? ''
      return parts
    }
    if (ENTER.has(event.key)) {
      const {text} = this
      this.text = ''
      return [text]
    }
    if (event.key === 'backspace' || event.key === 'ctrl+h') {
      this.text = graphemesOf(this.text).slice(0, -1).join('')
    } else if (event.key === 'ctrl+u') this.text = ''
    else if (event.key === 'ctrl+w') this.text = this.text.replace(/\S*\s*$/, '')
    return []
  }
}
