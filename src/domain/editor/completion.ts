/** A candidate that can replace what is typed. */
export interface Candidate {
  /** Ends with a blank where more is to follow. */
  readonly value: string
  /** A short description. */
  readonly summary?: string
}

/** The candidates for the text before the cursor. */
export interface Completion {
  /** Where the replaced text starts. */
  readonly from: number
  readonly candidates: readonly Candidate[]
  /** Enter accepts the first one, unless another one is selected. */
  readonly eager: boolean
}

/** Completes the text before the cursor; `undefined` where there is nothing to complete. */
export type Complete = (before: string) => Completion | undefined

/** The candidates on display. */
export interface CompletionMenu extends Completion {
  readonly selected: number | undefined
  /** Tab inserted the selected one; the next Tab replaces it with another one. */
  readonly cycling: boolean
}

interface Line {
  readonly text: string
  readonly cursor: number
}

type Completed = Line & {readonly menu: CompletionMenu | undefined}

/** The candidates for what is typed, only with the cursor at the end of the text. */
export function menuFor({text, cursor}: Line, complete: Complete): CompletionMenu | undefined {
  if (cursor !== text.length) return undefined
  const completion = complete(text)
  if (completion === undefined || completion.candidates.length === 0) return undefined
  return {...completion, selected: completion.eager ? 0 : undefined, cycling: false}
}

/** Selects the next or previous candidate, cyclically. */
export function selectNext(menu: CompletionMenu, step: -1 | 1): CompletionMenu {
  const {length} = menu.candidates
  const from = menu.selected ?? (step === 1 ? -1 : length)
  return {...menu, selected: (from + step + length) % length}
}

/**
 * The effect of Tab: inserts the part that all candidates share first, then one after the other.
 */
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

/** The text that Enter submits: with the selected candidate in it. */
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
