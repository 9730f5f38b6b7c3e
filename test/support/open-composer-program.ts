import {bundledWorker} from './bundled-worker.js'
import {projectRoot, shellWords} from './cli-environment.js'
import {temporaryHome} from './temporary-home.js'
import {openTerminal, type OpenTerminal, type TerminalOptions} from './terminal.js'

/** The program as a line for a shell. */
export async function composerProgram(): Promise<string> {
  return shellWords(await bundledWorker('composer-program'))
}

/** What the program is started with; with a shell around it, that says how it left the terminal. */
type ProgramOptions = Partial<TerminalOptions> & {readonly inShell?: boolean}

/** Opens a terminal with nothing but the composer in it, and waits until that is there. */
export async function openComposerProgram(options: ProgramOptions = {}): Promise<OpenTerminal> {
  const {inShell = false, home = await temporaryHome(), env, ...rest} = options
  const script = `${await composerProgram()}; echo "code $?"; stty -a`
  const terminal = openTerminal([], {
    home,
    cwd: projectRoot,
    command: inShell ? ['/bin/sh', '-c', script] : await bundledWorker('composer-program'),
    // xterm.js, which the emulator is, and as VS Code has it.
    env: {TERM_PROGRAM: 'vscode', ...env},
    ...rest,
  })
  await terminal.see('ada@example.com', 30_000)
  return terminal
}
