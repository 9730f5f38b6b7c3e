import {dirname, join} from 'node:path'

const PROGRAM = /new URL\('([\w-]+)\.js', import\.meta\.url\)/g

/**
 * Finds the files that a file of `src` starts as separate processes, by `new URL('<file>.js',
 * import.meta.url)`: they must be at the same relative path from the bundle.
 *
 * @param {string} text
 * @param {string} path
 * @returns {string[]} their paths
 * @throws {Error} where `import.meta` is used for anything else
 */
export function programsIn(text, path) {
  if (text.replaceAll(PROGRAM, '').includes('import.meta'))
    throw new Error("In src, import.meta is for new URL('<program>.js', import.meta.url) only.")
  return [...text.matchAll(PROGRAM)].map(([, name]) => join(dirname(path), `${name}.ts`))
}
