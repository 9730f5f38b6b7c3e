import type {Composer, ComposerOptions} from './composer.js'
import {LineComposer} from './line-composer.js'
import {ScreenComposer} from './screen-composer.js'

/** Opens the composer that fits the terminal: with TERM=dumb, one that writes plain lines. */
export function openComposer(options: ComposerOptions): Composer {
  return options.env.TERM === 'dumb' ? new LineComposer(options) : new ScreenComposer(options)
}
