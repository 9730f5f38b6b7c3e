import {readFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'

const PROGRAM = /new URL\('([\w-]+)\.js', import\.meta\.url\)/g

/**
 * Finds the files that a file of `src` starts as programs of their own, by
 * `new URL('<file>.js', import.meta.url)`: they have to be beside the bundle as they are beside it.
 *
 * @returns {{plugin: import('esbuild').Plugin, found: Set<string>}}
 */
export function findPrograms() {
  const found = new Set()
  const plugin = {
    name: 'find-programs',
    setup({onLoad}) {
      onLoad({filter: /[\\/]src[\\/].*\.ts$/}, async ({path}) => {
        const contents = await readFile(path, 'utf8')
        for (const [, name] of contents.matchAll(PROGRAM))
          found.add(join(dirname(path), `${name}.ts`))
        const others = contents.replaceAll(PROGRAM, '').includes('import.meta')
        const text = "In src, import.meta is for new URL('<program>.js', import.meta.url) only."
        return others ? {errors: [{text}]} : {contents, loader: 'ts'}
      })
    },
  }
  return {plugin, found}
}
