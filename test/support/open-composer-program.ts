import {join} from 'node:path'
import {projectRoot, shellWords} from './cli-environment.js'
import {temporaryHome} from './temporary-home.js'
import {openTerminal, type OpenTerminal, type TerminalOptions} from './terminal.js'

const PROGRAM = join(projectRoot, 'test', 'support', 'composer-program.ts')

const NODE = [process.execPath, '--import', 'tsx/esm', PROGRAM] as const

/** The program as a line for a shell that stands in the project's folder. */
export const composerProgram = shellWords(NODE)

/** What the program is started with; with a shell around it, that says how it left the terminal. */
export type ProgramOptions = Partial<TerminalOptions> & {readonly inShell?: boolean}

/** Opens a terminal with nothing but the composer in it, and waits until that is there. */
export async function openComposerProgram(options: ProgramOptions = {}): Promise<OpenTerminal> {
  const {inShell = false, home = await temporaryHome(), env, ...rest} = options
  const script = `${composerProgram}; echo "code $?"; stty -a`
  const terminal = openTerminal([], {
    home,
    cwd: projectRoot,
    command: inShell ? ['/bin/sh', '-c', script] : NODE,
    // xterm.js, which the emulator is, and as VS Code has it.
    env: {TERM_PROGRAM: 'vscode', ...env},
    ...rest,
  })
  await terminal.see('ada@example.com', 30_000)
  return terminal
}
