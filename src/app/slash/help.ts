import {wrap} from '../../terminal/wrap.js'
import type {SlashCommand} from './slash-command.js'

const KEYS = [
  ['Enter', 'sends; \\ at the end, Ctrl+J or Alt+Enter begins a new line'],
  ['Tab', 'completes a command, or what it is given'],
  ['↑ ↓', 'what was entered before'],
  ['Ctrl+C', 'interrupts an answer, or clears the line; twice leaves'],
] as const

/** `/help`: every command there is, and the keys that one has to know. */
export const help: SlashCommand = {
  name: 'help',
  aliases: ['?'],
  summary: 'Show what can be typed here',
  run({commands, palette, columns, print}) {
    const names = commands.all.map(({name, argument, summary}) => [
      `/${name}${argument === undefined ? '' : ` ${argument}`}`,
      summary,
    ])
    const entries = [...names, ...KEYS]
    const width = Math.max(...entries.map(([label = '']) => label.length)) + 2
    const rows = entries.map(([label = '', text = '']) => {
      const row = wrap(`  ${label.padEnd(width)}${text}`, columns)
      return row.replace(label, () => palette.command(label))
    })
    const [shown, keys] = [rows.slice(0, names.length), rows.slice(names.length)]
    print([...shown, '', ...keys].join('\n'))
  },
}
