// The import rules: the table of docs/architecture.md. A pattern is matched against the resolved
// path of an import. What imports do not show (globals, `import(name)`) is in eslint.rooms.js.

const rooms = {
  domain: '^src/domain/',
  adapters: '^src/adapters/',
  terminal: '^src/terminal/',
  services: '^src/services/',
  app: '^src/app/',
  commands: '^src/commands/',
  hooks: '^src/host/hooks/',
  compose: '^src/compose(/|\\.ts$)',
  recording: '^src/recording/',
  host: '^src/host/(?!hooks/)',
  kit: '^packages/plugin-kit/src/',
  redaction: '^packages/redaction/src/',
  plugins: '^plugins/([^/]+)/src/',
}

const kit = '^packages/plugin-kit/dist/index\\.'
const kitErrors = '^packages/plugin-kit/dist/errors\\.'
/** Pure functions: printable texts and tables. */
const kitText = '^packages/plugin-kit/dist/text\\.'
/** The rules for plugins. */
const kitRules = '^packages/plugin-kit/dist/rules\\.'
const kitParts = '^packages/plugin-kit/dist/(?!index\\.)'
/** The contributions of plugins, and the events for them. */
const hostPlugins = '^src/host/plugins/'
/** The completion scripts. */
const completionScripts = '^src/host/completion/scripts\\.ts$'
const redaction = '^packages/redaction/dist/'
/** Opening our files, and waiting for held ones, is decided in one place. */
const ownFile = '^src/adapters/(own|held)-file\\.ts$'
/** What the terminal may import from the domain: none of it holds a credential. */
const words = '^src/domain/(editor|errors|platform|settings|text)/'
const oclif = '^node_modules/@oclif/core/'
const npm = (...names) => `^node_modules/(${names.join('|')})/`

/**
 * What a room may import besides itself and Node: `values` in any way, `types` only by `import
 * type`.
 */
const floors = {
  domain: {values: [kitErrors, kitText, npm('jsonc-parser')], types: [kitParts]},
  adapters: {
    values: [
      rooms.domain,
      ownFile,
      kitErrors,
      npm('eventsource-parser', 'got', 'https-proxy-agent', 'oauth4webapi', 'open'),
    ],
    types: [rooms.adapters, kit, kitParts],
  },
  services: {values: [rooms.domain, kitErrors, kitRules], types: [rooms.adapters, kit, kitParts]},
  terminal: {
    values: [
      words,
      kitErrors,
      kitText,
      npm('fast-string-truncated-width', 'fast-wrap-ansi', 'inquirer'),
    ],
    types: [],
  },
  app: {
    values: [rooms.domain, rooms.terminal, kitErrors, npm('uqr')],
    types: [rooms.services, kit, kitParts],
  },
  commands: {
    values: [
      rooms.domain,
      rooms.services,
      rooms.terminal,
      rooms.app,
      rooms.compose,
      hostPlugins,
      completionScripts,
      kit,
      kitErrors,
      oclif,
    ],
    types: [kitParts],
  },
  hooks: {
    values: [
      rooms.domain,
      rooms.services,
      rooms.terminal,
      rooms.app,
      rooms.compose,
      hostPlugins,
      kit,
      kitErrors,
      oclif,
    ],
    types: [kitParts],
  },
  recording: {
    values: [rooms.domain, kitErrors, kitRules, redaction],
    types: [rooms.adapters, rooms.services, kit, kitParts],
  },
  compose: {
    values: [rooms.domain, rooms.adapters, rooms.services, rooms.recording, kitErrors],
    types: [kit, kitParts, oclif],
  },
  host: {
    values: [
      rooms.domain,
      rooms.terminal,
      rooms.app,
      rooms.compose,
      rooms.recording,
      kit,
      kitErrors,
      oclif,
    ],
    types: [kitParts],
  },
  kit: {values: [oclif], types: []},
  redaction: {values: [], types: []},
  plugins: {values: [kit, oclif, npm('fast-wrap-ansi', 'yaml')], types: []},
}

/** A file and the folder of the same name are one adapter: `$1` is that name. */
const own = {
  adapters: {from: '^src/adapters/([^/.]+)', to: '^src/adapters/$1[/.]'},
  plugins: {from: rooms.plugins, to: '^plugins/$1/src/'},
}

function floorRules([room, {values, types}]) {
  const {from, to} = own[room] ?? {from: rooms[room], to: rooms[room]}
  const imports = {
    name: `${room}-imports`,
    severity: 'error',
    comment: 'Imports go down, never up: see docs/architecture.md.',
    from: {path: from},
    to: {pathNot: [to, ...values, ...types], dependencyTypesNot: ['core']},
  }
  const typeImports = {
    name: `${room}-imports-as-type`,
    severity: 'error',
    comment:
      'Use `import type`: the value is passed in as an argument, or does not exist at run time.',
    from: {path: from},
    to: {path: types, pathNot: [to, ...values], dependencyTypesNot: ['type-only', 'type-import']},
  }
  return types.length > 0 ? [imports, typeImports] : [imports]
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(floors).flatMap(floorRules),
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'Disk, network, clock, environment and randomness are passed in as arguments.',
      from: {path: rooms.domain},
      to: {
        dependencyTypes: ['core'],
        pathNot: '^(assert|buffer|crypto|path|querystring|url|util)(/|$)',
      },
    },
    {
      name: 'redaction-needs-nothing',
      severity: 'error',
      comment: 'It only transforms text: no module of Node is needed for that.',
      from: {path: rooms.redaction},
      to: {dependencyTypes: ['core']},
    },
    {
      name: 'environment-is-an-argument',
      severity: 'error',
      comment: 'Services and app get the environment passed in.',
      from: {path: [rooms.services, rooms.app]},
      to: {dependencyTypes: ['core'], path: '^process$'},
    },
    {
      name: 'file-in-a-room',
      severity: 'error',
      comment: 'Every file of src belongs to one of its rooms.',
      from: {path: '^src/', pathNot: Object.values(rooms)},
      to: {},
    },
    {
      name: 'house-is-not-imported',
      severity: 'error',
      comment: 'Packages and plugins do not import from src.',
      from: {path: '^(packages|plugins)/'},
      to: {path: '^(src|dist|bin)/|^@mogplex/cli(/|$)'},
    },
    {
      name: 'workspace-by-name',
      severity: 'error',
      comment: 'Import another workspace by its name.',
      from: {path: '^(src|packages/[^/]+|plugins/[^/]+)/'},
      to: {
        path: '^(packages|plugins)/',
        pathNot: '^$1/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased-workspace'],
      },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'No circular imports; `import type` counts, too.',
      from: {},
      to: {circular: true},
    },
    {
      name: 'no-orphan',
      severity: 'error',
      comment: 'This file has no imports, and no other file imports it.',
      from: {orphan: true},
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'Unresolved imports are not covered by any rule. Build the workspaces first.',
      from: {},
      to: {couldNotResolve: true},
    },
  ],
  options: {
    tsPreCompilationDeps: true, // otherwise `import type` is not seen
    doNotFollow: {path: ['node_modules', '/dist/']},
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
