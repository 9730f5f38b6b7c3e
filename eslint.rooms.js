// What a room must not use, beyond imports; .dependency-cruiser.js has the import rules.

const COMPUTED_IMPORT = {
  selector: 'ImportExpression[source.type!="Literal"]',
  message: 'Use a literal path: no rule can check a path that is computed at run time.',
}
const TYPE_EXPORT = {
  selector: 'ExportNamedDeclaration[source][exportKind="value"]:not(:has(> [exportKind="value"]))',
  message: 'Use `export type {…} from`: this form loads the file at run time.',
}

const NESTED_LITERAL = {
  selector: 'SpreadElement > :matches(ObjectExpression, ArrayExpression)',
  message: 'Write its members directly: do not spread an object literal.',
}

/** Options of `no-restricted-syntax`, which cannot be configured in parts. */
const syntax = (...more) => ['error', NESTED_LITERAL, ...more]

const TERMINAL = 'The terminal has one owner: src/terminal.'
const ESCAPE_CODE = {
  selector:
    ':matches(Literal[raw=/\\\\(u001b|x1b)/i], TemplateElement[value.raw=/\\\\(u001b|x1b)/i])',
  message: TERMINAL,
}
/** Only the owner of the terminal does this. */
const OWNED = [
  ...['addListener', 'on', 'once', 'prependListener'].map((property) => ({
    object: 'process',
    property,
    message: TERMINAL,
  })),
  {property: 'setRawMode', message: TERMINAL},
]

const ENVIRONMENT = 'The environment comes in as an argument.'
const PURE = 'Domain is pure: this comes in as an argument.'

const TIMERS = ['setTimeout', 'setInterval', 'setImmediate']
const IMPURE = ['process', 'fetch', 'crypto', 'performance', 'console', ...TIMERS]

/** Options of `no-restricted-globals`; a member of `globalThis` is a global, too. */
const without = (names, message) => [
  'error',
  {globals: names.map((name) => ({name, message})), checkGlobalObject: true},
]

/** @param restricted - the forbidden properties: a rule cannot be configured in parts */
export function roomRules(restricted) {
  return [
    {
      files: ['**/*.{ts,js,cjs,mjs}'],
      rules: {'no-restricted-syntax': syntax()},
    },
    {
      files: ['{src,packages,plugins}/**/*.ts'],
      rules: {
        // With verbatimModuleSyntax, `import {type A}` loads the file at run time.
        '@typescript-eslint/no-import-type-side-effects': 'error',
        'no-restricted-syntax': syntax(TYPE_EXPORT),
      },
    },
    {
      files: [
        'src/{domain,services,recording,app,commands,host/hooks,compose}/**',
        'src/compose.ts',
      ],
      rules: {'no-restricted-syntax': syntax(TYPE_EXPORT, COMPUTED_IMPORT)},
    },
    {
      files: ['src/services/**'],
      rules: {'no-restricted-globals': without(['process'], ENVIRONMENT)},
    },
    {
      files: ['src/commands/**'],
      rules: {
        'no-restricted-properties': ['error', ...restricted, ...OWNED],
        'no-restricted-syntax': syntax(TYPE_EXPORT, COMPUTED_IMPORT, ESCAPE_CODE),
      },
    },
    {
      // It reads the platform from `process`.
      files: ['src/app/**'],
      rules: {
        'no-restricted-properties': [
          'error',
          ...restricted,
          ...OWNED,
          {object: 'process', property: 'env', message: ENVIRONMENT},
        ],
        'no-restricted-syntax': syntax(TYPE_EXPORT, COMPUTED_IMPORT, ESCAPE_CODE, {
          selector: [
            'Identifier[name="process"]:not(.object, .property, .key, .imported)',
            'MemberExpression[object.name="globalThis"][property.name="process"]',
          ].join(', '),
          message: ENVIRONMENT,
        }),
      },
    },
    {
      files: ['src/domain/**'],
      rules: {
        'no-restricted-globals': without(IMPURE, PURE),
        'no-restricted-properties': [
          'error',
          ...restricted,
          {object: 'Date', property: 'now', message: PURE},
          {object: 'Math', property: 'random', message: PURE},
        ],
        'no-restricted-syntax': syntax(
          TYPE_EXPORT,
          {selector: 'ImportExpression', message: 'Domain loads nothing at run time.'},
          {
            selector:
              ':matches(NewExpression, CallExpression)[callee.name="Date"][arguments.length=0]',
            message: PURE,
          },
        ),
        'no-restricted-imports': [
          'error',
          ...['node:crypto', 'crypto'].map((name) => ({
            name,
            allowImportNames: ['createHash', 'timingSafeEqual'],
            message: PURE,
          })),
        ],
      },
    },
  ]
}
