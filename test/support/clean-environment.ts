import {homeVariables} from './home-variables.js'

/**
 * The environment before the tests cleaned it, for tools of this machine that are not under test:
 * npm needs its cache, proxy and certificates.
 */
export const machineEnvironment: Readonly<NodeJS.ProcessEnv> = {...process.env}

const OURS = /^(MOGPLEX_|XDG_|SSH_(CONNECTION|CLIENT|TTY)$)/

const PROVIDERS = [
  ...['ANTHROPIC', 'OPENAI', 'GROQ', 'MISTRAL', 'DEEPSEEK', 'XAI', 'COHERE'].map(
    (name) => `${name}_API_KEY`,
  ),
  'GOOGLE_GENERATIVE_AI_API_KEY',
  'VERCEL_API_TOKEN',
]

const OTHERS = new Set([
  ...PROVIDERS,
  'CODEX_HOME',
  'BROWSER',
  'NODE_ENV',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'CI',
  'DEBUG',
  'NODE_DEBUG',
  'NODE_DISABLE_COLORS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_USE_ENV_PROXY',
  'NO_COLOR',
  'FORCE_COLOR',
  'LC_ALL',
  'LC_CTYPE',
  'LANG',
  'COLUMNS',
  'LINES',
  'WSL_DISTRO_NAME',
  'REMOTE_CONTAINERS',
  'CODESPACES',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
])

/** Whether a variable can change what the CLI does, so that tests must not inherit it. */
function changesTheCli(variable: string): boolean {
  return OURS.test(variable) || variable.endsWith('_BASE_URL') || OTHERS.has(variable.toUpperCase())
}

/**
 * Removes such variables from an environment, and replaces the user's home with `home` (with HOME
 * merely unset, Node would find it in the password database). The terminal is one that supports
 * Node's line editor, and shows UTF-8.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv, home: string): void {
  for (const variable of Object.keys(env)) {
    if (changesTheCli(variable)) Reflect.deleteProperty(env, variable)
  }
  Object.assign(env, homeVariables(home), {TERM: 'xterm-256color', MOGPLEX_CACHE: 'off'})
}
