import type {TraceEntry} from '../domain/credential/precedence.js'
import {remedyFor} from '../domain/credential/remedies.js'
import {placeText, sourceText} from './names.js'
import type {DisplayOptions} from './identity-text.js'
import {rows} from '../terminal/rows.js'

const HEADLINES = {account: 'The account', model: 'What pays for prompts'} as const

/** Every checked source, in order, and its outcome. */
export function traceText(trace: readonly TraceEntry[], display: DisplayOptions): string {
  const sections = (['account', 'model'] as const).map((purpose) => {
    const entries = trace.filter((entry) => entry.for === purpose)
    const found = entries.filter(({state}) => state !== 'absent')
    const nothingIn = absentNames(entries, display).join(', ')
    return [
      `${HEADLINES[purpose]}, highest rank first`,
      ...rows(found.map((entry) => [nameOf(entry, display), verdict(entry, display)])),
      ...(nothingIn === '' ? [] : [`  ${display.palette.faint(`nothing in ${nothingIn}`)}`]),
    ].join('\n')
  })
  return sections.join('\n\n')
}

/** Variables by name; the file only where nothing was found in it. */
function absentNames(entries: readonly TraceEntry[], {homeFolder}: DisplayOptions): string[] {
  const fileHasSome = entries.some(
    ({source, state}) => source.type === 'file' && state !== 'absent',
  )
  const absent = entries.filter(
    ({source, state}) => state === 'absent' && !(fileHasSome && source.type === 'file'),
  )
  return [...new Set(absent.map(({source}) => sourceText(source, homeFolder)))]
}

function nameOf({source, provider}: TraceEntry, {homeFolder}: DisplayOptions): string {
  const name = sourceText(source, homeFolder)
  return source.type === 'env' ? name : `${name} (${source.member ?? provider})`
}

function verdict(entry: TraceEntry, {palette}: DisplayOptions): string {
  const remedy = remedyFor(entry)
  const parts = [
    entry.by === undefined ? entry.state : `${entry.state} by ${entry.by}`,
    ...(entry.why === undefined ? [] : [entry.why]),
  ]
  const place = entry.state === 'used' ? placeText(entry.baseUrl) : ''
  return `${parts.join(': ')}${place}${remedy === undefined ? '' : `  ${palette.command(remedy)}`}`
}
