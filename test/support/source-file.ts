/** What stands for an import whose address is not written down: `import(path)`. */
export const COMPUTED = '(computed)'

/** One import, as it stands in the source; re-exports and `import()` are imports, too. */
export interface Import {
  specifier: string
  /** True for `import type` as a whole: nothing of it is left at run time. */
  typeOnly: boolean
  /** The names that are taken; absent when it may be anything (`* as x`, `x`, `import()`). */
  names?: readonly string[]
}

export interface SourceFile {
  /** Relative to the project, with slashes. */
  file: string
  imports: readonly Import[]
  /** What it uses of the outside world without importing it: `process.env`, `Date.now`, … */
  globals?: readonly string[]
}

export interface Violation {
  file: string
  import: string
  rule: string
}
