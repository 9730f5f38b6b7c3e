import {findCircles} from './import-circles.js'
import {packageRule} from './package-rules.js'
import {adapterOf, pathOf, roomOf, workspaceOf} from './rooms.js'
import type {Room} from './rooms.js'
import {COMPUTED} from './source-file.js'
import type {Import, SourceFile, Violation} from './source-file.js'

/** Who may import whom, beside its own room; a room in `asTypes` only by `import type`. */
const TABLE: Record<Room, {values: readonly Room[]; asTypes: readonly Room[]}> = {
  domain: {values: ['domain'], asTypes: []},
  adapters: {values: ['domain'], asTypes: ['adapters']},
  services: {values: ['domain', 'services'], asTypes: ['adapters']},
  app: {values: ['domain', 'app'], asTypes: ['services']},
  commands: {values: ['domain', 'services', 'app', 'compose.ts', 'commands'], asTypes: []},
  hooks: {values: ['domain', 'services', 'app', 'compose.ts', 'hooks'], asTypes: []},
  'compose.ts': {values: ['domain', 'adapters', 'services', 'compose.ts'], asTypes: []},
  porch: {values: ['domain', 'app', 'compose.ts', 'porch'], asTypes: []},
  'plugin-kit': {values: ['plugin-kit'], asTypes: []},
  leaf: {values: ['leaf'], asTypes: []},
}

const MAY_COMPUTE: ReadonlySet<Room> = new Set<Room>(['adapters', 'porch', 'plugin-kit', 'leaf'])

/** Checks who imports whom and what, and that imports never run in a circle. */
export function checkImports(files: readonly SourceFile[]): Violation[] {
  return [...files.flatMap(checkFile), ...findCircles(files)]
}

function checkFile(source: SourceFile): Violation[] {
  const {file} = source
  const room = roomOf(file)
  if (!room) return [{file, import: file, rule: 'a file of src stands in one of its rooms'}]
  const imports = source.imports.map((imported) => ({
    import: imported.specifier,
    rule: importRule(file, room, imported),
  }))
  const globals = (source.globals ?? []).map((name) => ({
    import: name,
    rule: globalRule(room, name),
  }))
  return [...imports, ...globals].flatMap(({import: what, rule}) =>
    rule === undefined ? [] : [{file, import: what, rule}],
  )
}

/** The rule that an import breaks, if it breaks one. */
function importRule(file: string, room: Room, imported: Import): string | undefined {
  if (imported.specifier === COMPUTED) {
    return MAY_COMPUTE.has(room) ? undefined : `${room} may not import what only the run decides`
  }
  const target = pathOf(file, imported.specifier)
  return target === undefined ? packageRule(room, imported) : roomRule(file, target, imported)
}

function roomRule(file: string, target: string, imported: Import): string | undefined {
  if (workspaceOf(file) !== workspaceOf(target)) return 'another workspace is imported by its name'
  const [from, to] = [roomOf(file), roomOf(target)]
  if (!from || !to) return 'a file of src stands in one of its rooms'
  if (from === 'adapters' && adapterOf(file) === adapterOf(target)) return undefined
  if (TABLE[from].values.includes(to)) return undefined
  if (!TABLE[from].asTypes.includes(to)) return `${from} may not import ${to}`
  if (imported.typeOnly) return undefined
  const hint = from === to ? '; a part of this one stands in a folder of its name' : ''
  return `${from} may import ${to} only by \`import type\`${hint}`
}

function globalRule(room: Room, name: string): string | undefined {
  if (room === 'domain') return `domain takes ${name} as an argument`
  const readsEnvironment = name === 'process.env' && (room === 'services' || room === 'app')
  return readsEnvironment ? `${room} may not read the environment` : undefined
}
