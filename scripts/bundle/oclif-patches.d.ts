import type {Plugin} from 'esbuild'

export const PATCHES: readonly {
  readonly why: string
  readonly until: string
  readonly file: string
}[]

export function patchedOclif(rewritten?: Set<string>): Plugin
