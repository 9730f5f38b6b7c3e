import {KEYS} from '../composer/key-rows.js'
import {rows} from '../../terminal/rows.js'
import {wrap} from '../../terminal/wrap.js'
import type {AppSlashCommand} from './app-slash-command.js'

/** `/help`: all commands, and the most important keys. */
export const help: AppSlashCommand = {
  name: 'help',
  aliases: ['?'],
  summary: 'List the commands and the keys',
  run({commands, palette, columns, print}) {
    const names = commands.all.map(
      ({name, argument, summary}) =>
        [`/${name}${argument === undefined ? '' : ` ${argument}`}`, summary] as const,
    )
    const entries = [...names, ...KEYS]
    const lines = rows(entries).map((row, index) => {
      const [label = ''] = entries[index] ?? []
      return wrap(row, columns).replace(label, () => palette.command(label))
    })
    const [shown, keys] = [lines.slice(0, names.length), lines.slice(names.length)]
    print([...shown, '', ...keys].join('\n'))
  },
}
