import {createInterface} from 'node:readline/promises'
import {CancelledError} from '../domain/errors/cancelled.js'
import type {Environment} from '../domain/settings/environment.js'
import {listenForInterrupt} from './interrupt.js'
import {showable} from './locale.js'
import {type MenuChoice, type Fits, Menu, type Question} from './menu.js'
import {paletteFor, wantsColour} from './palette.js'
import {listenTo} from './signals.js'
import {isKey, RawTerminal} from './raw-terminal.js'
import {LEAVING} from './typed-line.js'
import {fit} from './wrap.js'

export const NOTHING_CHOSEN = 'Nothing was chosen.'

interface Screen {
  readonly stdin: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
  readonly env: Environment
  readonly argv: readonly string[]
}

/**
 * Asks the user to choose: with the arrow keys, or by number where the terminal has no escape
 * sequences.
 *
 * When it is over, the choices are gone from the screen.
 *
 * @param fits - typing filters the choices, and nothing of the question stays on the screen
 * @throws {CancelledError} exit 130, on Ctrl+C, Ctrl+D or Escape
 */
export async function choose<T>(
  screen: Screen,
  message: string,
  choices: readonly MenuChoice<T>[],
  fits?: Fits<T>,
): Promise<T> {
  const ask = screen.env.TERM === 'dumb' ? byNumber<T> : byArrows<T>
  const index = await ask(screen, {message, choices, fits})
  const choice = index === undefined ? undefined : choices[index]
  if (choice === undefined) throw nothingChosen()
  return choice.value
}

async function byArrows<T>(
  {stdin, stderr, env, argv}: Screen,
  question: Question<T>,
): Promise<number | undefined> {
  const palette = paletteFor(wantsColour(stderr, env, argv))
  const menu = new Menu(question, {output: stderr, palette, env})
  const over = new AbortController()
  let back: Promise<void> | undefined
  let putBack = (): void => undefined
  const leave = (): void => {
    over.abort()
    void menu.takeAway()
  }
  const keyboard = new RawTerminal(
    {stdin, output: stderr, env},
    {
      onKeys(events) {
        for (const event of events) {
          if (isKey(event, ...LEAVING)) leave()
          else menu.press(event)
        }
      },
      onEnd: leave,
      async onAbandon() {
        back = new Promise((resolve) => {
          putBack = resolve
        })
        await menu.takeAway()
      },
      onContinue: () => putBack(),
    },
  )
  keyboard.enter() // before the menu is drawn: keys pressed meanwhile are not echoed
  try {
    let index = await menu.show()
    while (index === undefined && !over.signal.aborted) {
      await back
      index = await menu.show()
    }
    if (index !== undefined && question.fits === undefined) {
      const name = palette.command(question.choices[index]?.name ?? '')
      const mark = palette.good(showable('✔', env))
      stderr.write(`${fit(`${mark} ${palette.strong(question.message)} ${name}`, stderr)}\n`)
    }
    return index
  } finally {
    keyboard.leave()
  }
}

async function byNumber<T>(
  {stdin, stderr}: Screen,
  {message, choices}: Question<T>,
): Promise<number | undefined> {
  const ask = (): void => {
    stderr.write(`${message}\n`)
    for (const [index, {name, note}] of choices.entries()) {
      const below = note === undefined ? '' : `     ${note}\n`
      stderr.write(fit(`  ${index + 1}  ${name}\n${below}`, stderr))
    }
  }
  ask()
  const release = listenTo(['SIGCONT'], ask)
  const interrupt = listenForInterrupt(nothingChosen(), {names: ['SIGINT']})
  const {signal} = interrupt
  stdin.ref() // a previous reader may have unreferenced it
  const lines = createInterface({input: stdin, output: stderr, terminal: false, signal})
  try {
    for await (const line of lines) {
      const number = Number(line.trim() === '' ? 1 : line)
      if (Number.isInteger(number) && number >= 1 && number <= choices.length) return number - 1
      stderr.write(`Type a number from 1 to ${choices.length}, then Enter.\n`)
    }
    return undefined
  } finally {
    lines.close()
    release()
    interrupt.release()
  }
}

function nothingChosen(): CancelledError {
  return new CancelledError(NOTHING_CHOSEN, 'Run the command again.')
}
