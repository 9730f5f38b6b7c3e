import {createInterface} from 'node:readline/promises'
import {CancelledError} from '../domain/errors/cancelled.js'
import type {Environment} from '../domain/settings/environment.js'
import {listenForInterrupt} from './interrupt.js'
import {listenForEscape} from './listen-for-escape.js'
import {paletteFor, wantsColour} from './palette.js'

export interface Choice<T> {
  readonly value: T
  readonly name: string
  /** A few more words, for the one that is marked. */
  readonly description?: string
}

interface Screen {
  readonly stdin: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
  readonly env: Environment
  readonly argv: readonly string[]
}

/** Whether a choice is among those that are meant by what is typed. */
export type Fits<T> = (value: T, typed: string) => boolean

const PAGE = 12
const ENDINGS = new Set(['AbortPromptError', 'ExitPromptError'])

/**
 * Asks a person to choose: with the arrow keys, or by number where the terminal knows no escapes.
 *
 * When it is over, the choices are gone from the screen.
 *
 * @param fits - letters narrow the choices down, and nothing of the question stays on the screen
 * @throws {CancelledError} exit 130, on Ctrl+C or Escape
 */
export async function choose<T>(
  screen: Screen,
  message: string,
  choices: readonly Choice<T>[],
  fits?: Fits<T>,
): Promise<T> {
  screen.stdin.ref() // whoever read it before may have let it go
  // No prompt reads the keys while the library that it is made of is loaded.
  const interrupt = listenForInterrupt(nothingChosen(), {names: ['SIGINT']})
  const {signal} = interrupt
  try {
    const index =
      screen.env.TERM === 'dumb'
        ? await byNumber(screen, message, choices, signal)
        : await byArrows(screen, message, choices, fits, signal)
    const choice = choices[index]
    if (choice === undefined) throw nothingChosen()
    return choice.value
  } finally {
    interrupt.release()
  }
}

async function byArrows<T>(
  screen: Screen,
  message: string,
  choices: readonly Choice<T>[],
  fits: Fits<T> | undefined,
  interrupted: AbortSignal,
): Promise<number> {
  const {stdin, stderr} = screen
  const {default: inquirer} = await import('inquirer')
  interrupted.throwIfAborted()
  const escape = listenForEscape(stdin)
  const signal = AbortSignal.any([escape.signal, interrupted])
  const prompt = inquirer.createPromptModule({
    ...{input: stdin, output: stderr, signal, clearPromptOnDone: true},
  })
  const items = choices.map(({name, description}, value) => ({
    ...{name, value},
    ...(description !== undefined && {description}),
  }))
  const asked = {name: 'index', message, pageSize: PAGE} as const
  try {
    const {index} = await prompt<{index: number}>([
      fits === undefined
        ? {...asked, type: 'select', choices: items}
        : {
            ...{...asked, type: 'search'},
            source: (typed = '') =>
              items.filter((_, index) => isMeant(choices[index], typed, fits)),
          },
    ])
    if (fits === undefined) stderr.write(`${chosen(screen, message, choices[index]?.name)}\n`)
    return index
  } catch (error) {
    if (error instanceof Error && ENDINGS.has(error.name)) throw nothingChosen()
    throw error
  } finally {
    escape.release()
  }
}

function chosen({stderr, env, argv}: Screen, message: string, name = ''): string {
  const palette = paletteFor(wantsColour(stderr, env, argv))
  return `${palette.good('✔')} ${palette.strong(message)} ${palette.command(name)}`
}

function isMeant<T>(choice: Choice<T> | undefined, typed: string, fits: Fits<T>): boolean {
  return choice !== undefined && fits(choice.value, typed)
}

async function byNumber<T>(
  {stdin, stderr}: Screen,
  message: string,
  choices: readonly Choice<T>[],
  signal: AbortSignal,
): Promise<number> {
  stderr.write(`${message}\n`)
  for (const [index, {name}] of choices.entries()) stderr.write(`  ${index + 1}  ${name}\n`)
  const lines = createInterface({input: stdin, output: stderr, terminal: false, signal})
  try {
    for await (const line of lines) {
      const number = Number(line.trim() === '' ? 1 : line)
      if (Number.isInteger(number) && number >= 1 && number <= choices.length) return number - 1
      stderr.write(`Type a number from 1 to ${choices.length}, then Enter.\n`)
    }
  } finally {
    lines.close()
  }
  throw nothingChosen()
}

function nothingChosen(): CancelledError {
  return new CancelledError('Nothing was chosen.', 'Run the command again.')
}
