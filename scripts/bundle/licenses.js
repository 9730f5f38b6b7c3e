import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

/**
 * Collects the licenses of the packages that bundles are made of: they ask to be passed on.
 *
 * @param {string} root - what the paths in `metafiles` start from
 * @param {import('esbuild').Metafile[]} metafiles
 * @returns {Promise<string>}
 */
export async function licensesOf(root, metafiles) {
  const files = metafiles.flatMap(({inputs}) => Object.keys(inputs))
  const folders = files.map((file) => /^.*node_modules\/(@[^/]+\/)?[^/:]+(?=\/)/.exec(file)?.[0])
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))]
  const found = await Promise.all(packages.sort().map((folder) => licenseOf(join(root, folder))))
  const texts = [...new Set(found.map(({text}) => text))] // many have the very same one
  const parts = texts.map((text) => {
    const names = found.filter((each) => each.text === text).map(({name}) => `${name}\n`)
    return `${names.join('')}${text}`
  })
  return parts.join(`\n${'-'.repeat(80)}\n\n`)
}

async function licenseOf(folder) {
  const {name, version, license} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const file = (await readdir(folder)).find((path) => /^licen[cs]e/i.test(path))
  const text = file === undefined ? '' : `\n${await readFile(join(folder, file), 'utf8')}`
  return {name: `${name} ${version}: ${license}`, text}
}
