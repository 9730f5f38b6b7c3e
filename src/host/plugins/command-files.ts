import {type Dirent, readdirSync} from 'node:fs'
import {join, parse} from 'node:path'
import {asRecord, asText} from '../../domain/text/json.js'
import {leadsOut} from './plugin-file.js'

const CODE = /\.[cm]?[jt]sx?$/
const NO_COMMAND = /\.(?:d|test|spec)\.[cm]?[jt]sx?$/
const MAX_FILES = 2000
const DEEPEST = 8

/**
 * The ids of commands of a plugin without a manifest, from its files, as oclif finds them: none of
 * its code runs. Their aliases are in the files' code, so they are not known.
 *
 * @param settings - the member `oclif` of its package.json
 * @returns `undefined` where the plugin's code decides which commands there are
 */
export function commandFiles(root: string, settings: unknown): string[] | undefined {
  const commands = asRecord(settings)?.commands
  const {strategy, target} = asRecord(commands) ?? {strategy: 'pattern', target: commands}
  const folder = asText(target)
  if (strategy !== 'pattern' || folder === undefined || leadsOut(root, folder)) return undefined
  return filesBelow(join(root, folder))?.map(idOf)
}

/** Paths relative to the folder, with slashes; links are not followed. */
function filesBelow(root: string): string[] | undefined {
  const found: string[] = []
  const visit = (below: readonly string[]): void => {
    for (const entry of entriesIn(join(root, ...below)) ?? []) {
      const path = [...below, entry.name]
      if (found.length >= MAX_FILES) return
      if (entry.isDirectory() && below.length < DEEPEST) visit(path)
      else if (entry.isFile() && CODE.test(entry.name) && !NO_COMMAND.test(entry.name))
        found.push(path.join('/'))
    }
  }
  if (entriesIn(root) === undefined) return undefined
  visit([])
  return found
}

function entriesIn(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, {withFileTypes: true})
  } catch {
    return undefined
  }
}

function idOf(file: string): string {
  const {dir, name} = parse(file)
  return [...dir.split('/'), name === 'index' ? '' : name].filter((word) => word !== '').join(':')
}
