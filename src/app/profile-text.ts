import {
  type ProfileChoice,
  profileSourceName,
  type ProfileSource,
  type ProfileTraceEntry,
} from '../domain/profile/choose-profile.js'
import {rows} from '../terminal/rows.js'
import type {DisplayOptions} from './identity-text.js'
import {shortPath} from './names.js'

/** Every checked source of the profile, in order, and its outcome. */
export function profileTraceText({trace}: ProfileChoice, display: DisplayOptions): string {
  const found = trace.filter(({state}) => state !== 'absent')
  const absent = trace
    .filter(({state}) => state === 'absent')
    .map(({source}) => nameOf(source, display))
  return [
    'The profile, highest rank first',
    ...rows(found.map((entry) => [nameOf(entry.source, display), verdict(entry, display)])),
    ...(absent.length === 0
      ? []
      : [`  ${display.palette.faint(`nothing in ${absent.join(', ')}`)}`]),
  ].join('\n')
}

function nameOf(source: ProfileSource, {homeFolder}: DisplayOptions): string {
  return source.type === 'pin'
    ? `the pin of ${shortPath(source.folder, homeFolder)}`
    : profileSourceName(source)
}

function verdict(
  {state, profile, by, why, remedy}: ProfileTraceEntry,
  {palette}: DisplayOptions,
): string {
  const parts = [
    ...(profile === undefined ? [] : [profile]),
    by === undefined ? state : `${state} by ${by}`,
    ...(why === undefined ? [] : [why]),
  ]
  return `${parts.join(', ')}${remedy === undefined ? '' : `  ${palette.command(remedy)}`}`
}

/** Says that another source still wins here; `undefined` where it does not. */
export function outrankedText(
  name: string,
  {name: used, source, trace}: ProfileChoice,
): string | undefined {
  if (used === name) return undefined
  const remedy = trace.find((entry) => entry.source === source)?.remedy
  const end = remedy === undefined ? '' : `: \`${remedy}\` ends that`
  return `The profile in use here is ${used ?? 'none'}, from ${profileSourceName(source)}${end}.`
}
