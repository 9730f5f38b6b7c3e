import type {DisplayOptions} from '../../../src/app/identity-text.js'
import type {Palette} from '../../../src/terminal/palette.js'

/** In local time, so that texts are the same in every time zone. */
export const NOON = new Date(2026, 10, 23, 12, 0)
export const FIVE = new Date(2026, 10, 23, 17, 0)
export const DECEMBER = new Date(2026, 11, 23, 12, 0)

const plain = (text: string): string => text

export const PLAIN: Palette = {strong: plain, faint: plain, good: plain, bad: plain, command: plain}

/** Plain: without colour, at noon, for a user whose home is /home/ada. */
export const DISPLAY_OPTIONS: DisplayOptions = {palette: PLAIN, homeFolder: '/home/ada', now: NOON}

/** Marks in the text what would be emphasised, and how. */
export const MARKED: DisplayOptions = {
  ...DISPLAY_OPTIONS,
  palette: {
    strong: (text) => `<strong ${text}>`,
    faint: (text) => `<faint ${text}>`,
    good: (text) => `<good ${text}>`,
    bad: (text) => `<bad ${text}>`,
    command: (text) => `<command ${text}>`,
  },
}
