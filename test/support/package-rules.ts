import {builtinModules} from 'node:module'
import type {Room} from './rooms.js'
import type {Import} from './source-file.js'

const KIT = '@mogplex/plugin-kit'
const HOUSE = '@mogplex/cli'

const PURE_MODULES = new Set(['assert', 'buffer', 'path', 'querystring', 'url', 'util'])
const PURE_CRYPTO = new Set(['createHash', 'timingSafeEqual'])
const PURE_PACKAGES = new Set(['jsonc-parser'])

const OCLIF = /^(@oclif\/|oclif$)/
const INQUIRER = /^(@inquirer\/|inquirer$)/
const OUTSIDE_THINGS = /^(got|open|oauth4webapi)(\/|$)/

const WITH_OCLIF: ReadonlySet<Room> = new Set<Room>(['commands', 'hooks', 'porch'])

/** The rule that the import of a package or of a module of Node breaks, if it breaks one. */
export function packageRule(room: Room, imported: Import): string | undefined {
  const {specifier} = imported
  if (specifier === HOUSE || specifier.startsWith(`${HOUSE}/`)) return 'nobody imports the house'
  if (room === 'leaf') return undefined
  const builtin = builtinOf(specifier)
  if (room === 'plugin-kit') {
    const allowed = builtin !== undefined || specifier === '@oclif/core'
    return allowed ? undefined : 'plugin-kit imports @oclif/core and Node, nothing else'
  }
  if (builtin !== undefined) return builtinRule(room, builtin, imported)
  if (specifier.startsWith('@mogplex/')) return ourPackageRule(room, imported)
  return outsideRule(room, imported)
}

function builtinRule(room: Room, builtin: string, {names}: Import): string | undefined {
  if (builtin === 'process' && (room === 'services' || room === 'app')) {
    return `${room} may not read the environment`
  }
  if (room !== 'domain' || PURE_MODULES.has(builtin)) return undefined
  if (builtin === 'crypto' && names?.every((name) => PURE_CRYPTO.has(name))) return undefined
  return 'domain is pure: disk, network, clock, environment, randomness come in as arguments'
}

function ourPackageRule(room: Room, {specifier, typeOnly}: Import): string | undefined {
  if (specifier === `${KIT}/errors`) return undefined
  if (specifier.startsWith(`${KIT}/`)) {
    return typeOnly ? undefined : `of ${KIT}, only /errors is there at run time for ${room}`
  }
  if (specifier !== KIT) return 'the house imports no workspace but plugin-kit'
  if (room === 'domain') return `domain imports ${KIT}/errors, and types of its other parts`
  if (WITH_OCLIF.has(room) || typeOnly) return undefined
  return `${room} may import ${KIT} only by \`import type\`: it brings oclif along`
}

function outsideRule(room: Room, {specifier, typeOnly}: Import): string | undefined {
  if (OCLIF.test(specifier)) {
    if (WITH_OCLIF.has(room) || (room === 'compose.ts' && typeOnly)) return undefined
    return `${room} may not import oclif`
  }
  if (INQUIRER.test(specifier))
    return room === 'app' ? undefined : `${room} may not import inquirer`
  if (OUTSIDE_THINGS.test(specifier)) {
    return room === 'adapters' ? undefined : `only an adapter imports ${specifier}`
  }
  if (room !== 'domain' || PURE_PACKAGES.has(specifier)) return undefined
  return 'domain imports no package but jsonc-parser'
}

/** `fs` for `node:fs/promises`; undefined for what is no module of Node. */
function builtinOf(specifier: string): string | undefined {
  const name = specifier.replace(/^node:/, '').split('/')[0]
  const known = specifier.startsWith('node:') || builtinModules.includes(name ?? '')
  return known ? name : undefined
}
