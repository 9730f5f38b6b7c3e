/** What may stand in the place of what is typed. */
export interface Candidate {
  /** With a blank behind it where more is to follow. */
  readonly value: string
  /** What it is, in a few words. */
  readonly summary?: string
}

/** What can follow what stands before the cursor. */
export interface Completion {
  /** Where what is replaced starts. */
  readonly from: number
  readonly candidates: readonly Candidate[]
  /** Enter takes the first one, unless another one is chosen. */
  readonly eager: boolean
}

/** Completes what stands before the cursor; `undefined` where there is nothing to complete. */
export type Complete = (before: string) => Completion | undefined

/** Candidates that are on show. */
export interface CompletionMenu extends Completion {
  readonly selected: number | undefined
  /** Tab has put the selected one into the text; the next Tab puts another one there. */
  readonly cycling: boolean
}

interface Line {
  readonly text: string
  readonly cursor: number
}

type Completed = Line & {readonly menu: CompletionMenu | undefined}

/** The candidates for what is typed, at the end of the text only: in its middle they would disturb. */
export function menuFor({text, cursor}: Line, complete: Complete): CompletionMenu | undefined {
  if (cursor !== text.length) return undefined
  const completion = complete(text)
  if (completion === undefined || completion.candidates.length === 0) return undefined
  return {...completion, selected: completion.eager ? 0 : undefined, cycling: false}
}

/** Another candidate, round and round. */
export function selectNext(menu: CompletionMenu, step: -1 | 1): CompletionMenu {
  const {length} = menu.candidates
  const from = menu.selected ?? (step === 1 ? -1 : length)
  return {...menu, selected: (from + step + length) % length}
}

/** What Tab does: the part that all candidates share first, then one after the other. */
export function tabbed(
  line: Line & {readonly menu: CompletionMenu | undefined},
  step: -1 | 1,
  complete: Complete,
): Completed {
  const menu = line.menu ?? menuFor(line, complete)
  if (menu === undefined) return {...line, menu}
  if (menu.cycling) return withSelected(line, selectNext(menu, step))
  const chosen = menu.selected !== undefined && !(menu.eager && menu.selected === 0)
  const shared = sharedStart(menu.candidates)
  const typed = line.text.slice(menu.from, line.cursor)
  const isMore = shared.length > typed.length && shared.toLowerCase().includes(typed.toLowerCase())
  if (menu.candidates.length > 1 && !chosen && isMore) {
    return reopened(put(line, menu, shared), complete)
  }
  const selected = menu.selected === undefined ? selectNext(menu, step) : menu
  if (menu.candidates.length > 1 && !chosen) return withSelected(line, selected)
  return reopened(put(line, menu, valueOf(selected)), complete)
}

/** The text that Enter means: with the selected candidate in it. */
export function accepted({text, cursor, menu}: Completed): string {
  if (menu?.selected === undefined || menu.cycling) return text
  return put({text, cursor}, menu, valueOf(menu)).text
}

function withSelected(line: Line, menu: CompletionMenu): Completed {
  return {...put(line, menu, valueOf(menu)), menu: {...menu, cycling: true}}
}

function reopened(line: Line, complete: Complete): Completed {
  const menu = menuFor(line, complete)
  const [only, second] = menu?.candidates ?? []
  const isDone = second === undefined && only?.value === line.text.slice(menu?.from)
  return {...line, menu: isDone ? undefined : menu}
}

function put({text, cursor}: Line, {from}: CompletionMenu, value: string): Line {
  return {text: text.slice(0, from) + value + text.slice(cursor), cursor: from + value.length}
}

function valueOf({candidates, selected}: CompletionMenu): string {
  return candidates[selected ?? 0]?.value ?? ''
}

function sharedStart(candidates: readonly Candidate[]): string {
  const values = candidates.map(({value}) => value)
  const first = values[0] ?? ''
  let length = first.length
  while (!values.every((value) => value.startsWith(first.slice(0, length)))) length -= 1
  return first.slice(0, length)
}
