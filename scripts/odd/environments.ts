import {chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'

/** A machine unlike the one on which the tests were written. */
export interface OddEnvironment {
  readonly name: string
  /** The tests that such a machine could break. */
  readonly tests: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A program that runs the one after it. Where it cannot, the environment is skipped. */
  readonly within?: readonly string[]
}

/** By name: mocha reads braces as a pattern only together with a star. */
export const testsIn = (folder: string, ...names: readonly string[]): string[] =>
  names.map((name) => `test/${folder}/${name}.test.ts`)

const PURE = ['test/unit/{app,domain}/**/*.test.ts', ...testsIn('e2e', 'clock')]
const BROWSERS = [
  ...testsIn('integration', 'browser'),
  ...testsIn('e2e', 'browser-stays-open', 'login-browser', 'login-elsewhere'),
]
const SERVERS = [
  ...testsIn('integration', 'callback-server', 'strict-server'),
  ...testsIn('e2e', 'login-paste', 'proxy'),
]
const FILES = [
  ...testsIn('unit/adapters', 'atomic-write', 'auth-file', 'home', 'session-log'),
  ...testsIn('e2e', 'disk-trouble', 'login-stored', 'skills'),
]
const TERMINALS = [
  ...testsIn('support', 'reporter', 'run-cli', 'setup'),
  ...testsIn('unit/app', '*'),
  ...testsIn('e2e', 'help', 'settings', 'story', 'terminals', 'whoami'),
]

const OPENERS = [
  'xdg-open',
  'gio',
  'gnome-open',
  'kde-open',
  'sensible-browser',
  'x-www-browser',
  'www-browser',
  'chromium',
  'google-chrome',
  'firefox',
  'dbus-send',
  'xprop',
]
const LOCALES = [
  ['de_DE.UTF-8', 'Pacific/Kiritimati'],
  ['tr_TR.UTF-8', 'America/St_Johns'],
  ['C', 'Asia/Kathmandu'],
  ['', 'UTC'],
] as const
const PROXIES = ['http_proxy', 'https_proxy', 'all_proxy']
const NOBODY = 65_534

/** @param folder - an empty one, for the files of the environments; other users get access to it */
export function oddEnvironments(folder: string): OddEnvironment[] {
  chmodSync(folder, 0o711)
  const dead = PROXIES.flatMap((name) => [name, name.toUpperCase()]).map((name) => [
    name,
    'http://127.0.0.1:9',
  ])
  return [
    ...desktops(folder),
    ...LOCALES.map(([LANG, TZ]) => ({
      name: `language ${LANG || 'unset'}, time zone ${TZ}`,
      tests: PURE,
      env: {LANG, LC_ALL: LANG, TZ},
    })),
    {
      name: 'proxies that do not answer',
      tests: [...SERVERS, ...testsIn('e2e', 'login-browser')],
      env: Object.fromEntries(dead) as Record<string, string>,
    },
    {
      name: 'a shell with settings of its own',
      tests: TERMINALS,
      env: {
        NO_COLOR: '1',
        FORCE_COLOR: '3',
        TERM: 'dumb',
        COLUMNS: '20',
        DEBUG: 'oclif*',
        CI: '1',
        NODE_ENV: 'production',
        NODE_OPTIONS: '--enable-source-maps',
        MOGPLEX_HOME: '/no/such/home',
        MOGPLEX_API_KEY: 'mog_of-somebody-else',
      },
    },
    {
      name: 'a temporary folder that is a link, with blanks',
      tests: [...BROWSERS, ...FILES],
      env: {TMPDIR: linkedFolder(folder)},
    },
    ...['000', '027', '077'].map((umask) => ({
      name: `umask ${umask}`,
      tests: FILES,
      within: ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh'],
    })),
    {
      name: 'a user who is not root',
      tests: [...FILES, ...testsIn('support', 'setup')],
      env: {TMPDIR: folderOfNobody(folder)},
      within: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
    },
    {
      name: 'no IPv6',
      tests: SERVERS,
      within: inShell('unshare --net', [
        'if [ -d /proc/sys/net/ipv6 ]; then echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; fi',
        'ip link set lo up',
      ]),
    },
    {
      name: 'localhost is ::1 alone',
      tests: SERVERS,
      within: inShell('unshare --mount', [`mount --bind '${hostsFile(folder)}' /etc/hosts`]),
    },
  ]
}

function inShell(command: string, steps: readonly string[]): string[] {
  return [...command.split(' '), 'sh', '-c', [...steps, 'exec "$@"'].join(' && '), 'sh']
}

/** Its programs fail: a test that starts one of them has used the machine's. */
function desktops(folder: string): OddEnvironment[] {
  const bin = join(folder, 'desktop', 'bin')
  const share = join(folder, 'desktop', 'share')
  mkdirSync(bin, {recursive: true})
  for (const name of OPENERS) putProgram(join(bin, name), 'echo "$0 was started" >&2; exit 1')
  putProgram(join(bin, 'xdg-mime'), 'echo chromium.desktop')
  mkdirSync(join(share, 'applications'), {recursive: true})
  const entry = '[Desktop Entry]\nName=Chromium\nExec=/usr/bin/chromium %U\n'
  writeFileSync(join(share, 'applications', 'chromium.desktop'), entry)

  const PATH = [bin, process.env.PATH ?? ''].join(delimiter)
  const env = {DISPLAY: ':0', WAYLAND_DISPLAY: 'w-0', XDG_CURRENT_DESKTOP: 'X-Generic'}
  return [
    {name: 'a desktop, in PATH', tests: BROWSERS, env: {...env, PATH, BROWSER: 'firefox'}},
    {
      name: 'a desktop, in /usr',
      tests: BROWSERS,
      env,
      within: inShell('unshare --mount', [
        `mount -t overlay -o 'lowerdir=${bin}:/usr/bin' overlay /usr/bin`,
        `mount -t overlay -o 'lowerdir=${share}:/usr/local/share' overlay /usr/local/share`,
      ]),
    },
  ]
}

function putProgram(path: string, line: string): void {
  writeFileSync(path, `#!/bin/sh\n${line}\n`)
  chmodSync(path, 0o755)
}

function linkedFolder(folder: string): string {
  mkdirSync(join(folder, 'somewhere else'))
  symlinkSync(join(folder, 'somewhere else'), join(folder, 'a link'))
  return join(folder, 'a link')
}

function folderOfNobody(folder: string): string {
  const path = join(folder, 'of-nobody')
  mkdirSync(path)
  if (process.geteuid?.() === 0) chownSync(path, NOBODY, NOBODY)
  return path
}

function hostsFile(folder: string): string {
  const path = join(folder, 'hosts')
  writeFileSync(path, '::1 localhost\n')
  return path
}
