// Fails on words that a stranger to the project would not understand, or would not write.
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

interface Found {
  readonly line: number
  readonly word: string
  readonly instead: string
}

/** The forbidden words, and what to write instead. */
const WORDS: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\b(?:Desk|Wish|Talk|World|Told|Seldom|whyNot)\b(?= [={]|[(<:,])/, 'what the thing is'],
  [/\b(?:MOST|LEAST|FEWEST)_[A-Z]+/, 'MAX_… or MIN_…'],
  [/\bAs said\b/, 'the reason itself'],
  [/\bif it stays so\b/, 'if the problem persists'],
  [/\bmakes? no sense\b/, 'is invalid'],
  [/\bwhoever\b/i, 'the user, the caller'],
  [/\b(?:is|are) told\b(?! apart)/i, 'is notified, is reported, gets'],
  [/\b(?:that|which|what) (?:is|are) none\b/i, 'is invalid'],
  [/\bas (?:one|you) likes?\b/i, 'any number of times'],
  [/\bfor (?:good|ever)\b/i, 'permanently, forever'],
  [/\bnothing to say\b/i, 'is empty, is silent'],
  [/\bpassed over\b(?! the)/i, 'skipped'],
  [/\bmeans? harm\b/i, 'is malicious'],
  [/\bis content with\b/i, 'accepts'],
  [/\b(?:gives?|gave|given) back\b/i, 'returns'],
  [/\b(?:takes?|took|taken) (?:it |them |that )?away\b/i, 'removes'],
  [
    /(?<!there )\b(?:is|are) no (?:JSON|https?|error|failure|file|record|secret|object|text|number|UUID|URL|key|plugin|terminal)\b/i,
    'is not a …',
  ],
]
const FOLDERS = ['src', 'packages', 'plugins', 'docs', 'scripts', 'test']
const READ = /\.(?:ts|md|js|mjs)$/
// The wire contract, built or installed files, and foreign texts.
const LEFT_OUT = /(?:^|\/)(?:dist|node_modules)\/|^docs\/hosted-api\.md$|lint-words/

/** The forbidden words in a text, each with its line and what to write instead. */
export function findWords(text: string): Found[] {
  return text.split('\n').flatMap((line, index) =>
    WORDS.flatMap(([pattern, instead]) => {
      const [word] = pattern.exec(line) ?? []
      return word === undefined ? [] : [{line: index + 1, word, instead}]
    }),
  )
}

function filesIn(root: string): string[] {
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), {encoding: 'utf8', recursive: true}).map(
      (name) => `${folder}/${name.replaceAll('\\', '/')}`,
    ),
  )
  return ['README.md', ...below].filter((name) => READ.test(name) && !LEFT_OUT.test(name)).sort()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  for (const file of filesIn(root)) {
    for (const {line, word, instead} of findWords(readFileSync(join(root, file), 'utf8'))) {
      console.error(`${file}:${line}: "${word}": write "${instead}".`)
      process.exitCode = 1
    }
  }
}
