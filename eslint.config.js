import js from '@eslint/js'
import {defineConfig} from 'eslint/config'
import tseslint from 'typescript-eslint'
import {roomRules} from './eslint.rooms.js'

const nodeGlobals = Object.fromEntries(
  ['console', 'process', 'Buffer', 'URL', 'setTimeout', 'clearTimeout', 'fetch'].map((name) => [
    name,
    'readonly',
  ]),
)

const unused = [
  'error',
  {argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_'},
]

const restrictedProperties = [
  {
    object: 'process',
    property: 'exit',
    message: 'Throw a MogplexError, or set process.exitCode: exit() loses unwritten output.',
  },
  {
    object: 'URL',
    property: 'canParse',
    message: 'Use parseUrl: once optimised, canParse of Node 20 rejects non-ASCII hosts.',
  },
]

const house = {
  'no-restricted-properties': ['error', ...restrictedProperties],
  // A cause would be printed, and library errors can contain the Authorization header.
  'preserve-caught-error': 'off',
  // Control characters are needed to control a terminal.
  'no-control-regex': 'off',
  eqeqeq: 'error',
}

export default defineConfig(
  {ignores: ['**/dist/', '**/node_modules/', '**/coverage/']},
  {linterOptions: {reportUnusedDisableDirectives: 'error'}},
  {
    files: ['**/*.{js,cjs,mjs}'],
    extends: [js.configs.recommended],
    languageOptions: {globals: nodeGlobals},
    rules: {...house, 'no-unused-vars': unused},
  },
  {
    files: ['**/*.cjs', 'bin/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        require: 'readonly',
        __dirname: 'readonly',
        module: 'writable',
        exports: 'writable',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [
      js.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname},
    },
    rules: {
      ...house,
      '@typescript-eslint/no-unused-vars': unused,
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {allowNumber: true, allow: ['URL', 'URLSearchParams']},
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        {allowConstantLoopConditions: 'only-allowed-literals'},
      ],
      '@typescript-eslint/no-empty-function': [
        'error',
        {allow: ['arrowFunctions', 'methods', 'asyncMethods']},
      ],
      // oclif requires `async run()`, even where nothing is awaited.
      '@typescript-eslint/require-await': 'off',
      // oclif requires a class for each command, whatever its contents.
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    // Their nearest tsconfig.json covers only `src`; test/tsconfig.json checks them.
    files: ['scripts/**/*.ts', 'packages/*/{bench,test}/**/*.ts', 'plugins/*/test/**/*.ts'],
    languageOptions: {
      parserOptions: {projectService: false, project: './test/tsconfig.json'},
    },
  },
  {
    files: ['examples/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {allowForKnownSafeCalls: [{from: 'package', package: 'node:test', name: 'test'}]},
      ],
    },
  },
  roomRules(restrictedProperties),
  {
    files: ['test/**/*.ts', '{packages,plugins}/*/test/**/*.ts'],
    rules: {
      // `expect(x).to.be.true` is a statement.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
)
