import type {ScriptStep} from './run-script.js'

const ESC = '\u001B'
const MEGABYTE = 1_000_000

/** Texts that try to control a terminal: none of them may have an effect on the screen. */
const TEXTS = [
  `clear${ESC}[2J${ESC}[H the screen`,
  `climb${ESC}[3A${ESC}[2K and overwrite`,
  `title${ESC}]0;owned\u0007 and ${ESC}]2;owned${ESC}\\`,
  `clipboard${ESC}]52;c;b3duZWQ=\u0007`,
  `link${ESC}]8;;https://evil.example/${ESC}\\here${ESC}]8;;${ESC}\\`,
  `device${ESC}P+q544e${ESC}\\ string ${ESC}_apc${ESC}\\ ${ESC}^pm${ESC}\\ ${ESC}Xsos${ESC}\\`,
  'eight bits \u009B31m red \u009D0;owned\u009C \u0090q\u009C',
  `colour${ESC}[8m hidden${ESC}[0m, alternate${ESC}[?1049h screen, reset${ESC}c`,
  'back\u0008\u0008\u0008\u0008space, carriage\rreturn, bell\u0007, form\ffeed, nul\u0000, del\u007F',
  'bidi \u202Egpj.exe\u202C \u2066isolate\u2069 \u200Fmark, zero\u200Bwidth, soft\u00ADhyphen',
  `one long line ${'x'.repeat(MEGABYTE)}`,
  `many lines\n${'line\n'.repeat(2000)}`,
  'wide 日本語 👩‍👩‍👧 e\u0301, lone surrogate \uD800',
]

/** One event per second, with a hostile text as message, tool name, type or payload in turn. */
export function hostileSteps(): (readonly [pause: number, scene: Omit<ScriptStep, 'at'>])[] {
  return TEXTS.map((text, index) => {
    const number = `hostile ${index + 1}`
    if (index % 4 === 1) return [1, {type: 'tool_started', toolName: text, message: number}]
    if (index % 4 === 2) return [1, {type: 'log', payload: {number, [text.slice(0, 80)]: text}}]
    return [1, {type: index % 4 === 3 ? text : 'log', message: `${number}: ${text}`}]
  })
}
