import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

/** A copyright line. */
const RIGHTS = /^ *Copyright (?:\(c\)|\u00A9|\d{4}).*$/gim
/** Other text on the first line. */
const TITLE = /^\s*(?:The )?MIT License(?: \(MIT\))?\s*$/im

/**
 * Collects the licenses of the bundled packages, which require it.
 *
 * @param {string} root - the base of the paths in `metafiles`
 * @param {import('esbuild').Metafile[]} metafiles
 * @returns {Promise<string>}
 */
export async function licensesOf(root, metafiles) {
  const files = metafiles.flatMap(({inputs}) => Object.keys(inputs))
  const folders = files.map((file) => /^.*node_modules\/(@[^/]+\/)?[^/:]+(?=\/)/.exec(file)?.[0])
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))]
  const found = await Promise.all(packages.sort().map((folder) => licenseOf(join(root, folder))))
  const alike = new Map() // many differ only in their copyright line
  for (const each of found) alike.set(each.key, [...(alike.get(each.key) ?? []), each])
  const parts = [...alike.values()].map((group) => {
    const holders = group.map(({name, rights}) => [name, ...rights, ''].join('\n'))
    return `${holders.join('')}\n${group[0].text}\n`
  })
  return parts.join(`\n${'-'.repeat(80)}\n\n`)
}

async function licenseOf(folder) {
  const {name, version, license} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const file = (await readdir(folder)).find((path) => /^licen[cs]e/i.test(path))
  const whole = file === undefined ? '' : await readFile(join(folder, file), 'utf8')
  const rights = whole.match(RIGHTS) ?? []
  const text = whole.replaceAll(RIGHTS, '').replace(TITLE, '').trim()
  return {name: `${name} ${version}: ${license}`, rights, text, key: text.replaceAll(/\s+/g, ' ')}
}
