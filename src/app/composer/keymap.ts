import type {Action} from '../../domain/editor/editor.js'
import type {KeyEvent} from '../../terminal/keys/sequences.js'

/** Actions of keys that involve more than the text. */
export type Command = 'clear-screen' | 'delete-or-leave' | 'escape' | 'interrupt' | 'search'

export type Request = Action | {readonly type: 'submit' | Command}

const NEW_LINE: Request = {type: 'insert', text: '\n'}
const SUBMIT: Request = {type: 'submit'}
const UP: Request = {type: 'vertical', step: -1}
const DOWN: Request = {type: 'vertical', step: 1}

/** The keys of GNU readline, and those that today's terminals use for "new line". */
const KEYMAP: Readonly<Record<string, Request>> = {
  enter: SUBMIT,
  'ctrl+m': SUBMIT,
  'ctrl+j': NEW_LINE,
  'alt+enter': NEW_LINE,
  'shift+enter': NEW_LINE,
  'ctrl+enter': NEW_LINE,
  up: UP,
  'ctrl+p': UP,
  down: DOWN,
  'ctrl+n': DOWN,
  left: {type: 'move', to: 'left'},
  'ctrl+b': {type: 'move', to: 'left'},
  right: {type: 'move', to: 'right'},
  'ctrl+f': {type: 'move', to: 'right'},
  home: {type: 'move', to: 'line-start'},
  'ctrl+a': {type: 'move', to: 'line-start'},
  end: {type: 'move', to: 'line-end'},
  'ctrl+e': {type: 'move', to: 'line-end'},
  'ctrl+left': {type: 'move', to: 'word-left'},
  'alt+left': {type: 'move', to: 'word-left'},
  'alt+b': {type: 'move', to: 'word-left'},
  'ctrl+right': {type: 'move', to: 'word-right'},
  'alt+right': {type: 'move', to: 'word-right'},
  'alt+f': {type: 'move', to: 'word-right'},
  backspace: {type: 'delete', to: 'left'},
  'shift+backspace': {type: 'delete', to: 'left'},
  'ctrl+h': {type: 'delete', to: 'left'},
  delete: {type: 'delete', to: 'right'},
  'ctrl+w': {type: 'delete', to: 'blank-word-left'},
  'alt+backspace': {type: 'delete', to: 'word-left'},
  'ctrl+backspace': {type: 'delete', to: 'word-left'},
  'alt+d': {type: 'delete', to: 'word-right'},
  'ctrl+delete': {type: 'delete', to: 'word-right'},
  'ctrl+u': {type: 'delete', to: 'line-start'},
  'ctrl+k': {type: 'delete', to: 'line-end'},
  'ctrl+y': {type: 'yank'},
  tab: {type: 'complete', step: 1},
  'ctrl+i': {type: 'complete', step: 1},
  'shift+tab': {type: 'complete', step: -1},
  escape: {type: 'escape'},
  'ctrl+[': {type: 'escape'},
  'ctrl+c': {type: 'interrupt'},
  'ctrl+d': {type: 'delete-or-leave'},
  'ctrl+l': {type: 'clear-screen'},
  'ctrl+r': {type: 'search'},
}

/** The action of a key; `undefined` where it has none here. */
export function requestOf(event: KeyEvent): Request | undefined {
  if (event.type === 'text') return {type: 'insert', text: event.text}
  if (event.type === 'paste') return {type: 'paste', text: event.text}
  return Object.hasOwn(KEYMAP, event.key) ? KEYMAP[event.key] : undefined
}
