import {bundledWorker} from './bundled-worker.js'
import {projectRoot, shellWords} from './cli-environment.js'
import {temporaryHome} from './temporary-home.js'
import {openTerminal, type OpenTerminal, type TerminalOptions} from './terminal.js'

/** The program as a shell command line. */
export async function composerProgram(): Promise<string> {
  return shellWords(await bundledWorker('composer-program'))
}

/** How the program is started; with a shell around it that prints the terminal modes it left. */
type ProgramOptions = Partial<TerminalOptions> & {readonly inShell?: boolean}

/** Opens a terminal with only the composer in it, and waits until that is shown. */
export async function openComposerProgram(options: ProgramOptions = {}): Promise<OpenTerminal> {
  const {inShell = false, home = await temporaryHome(), env, ...rest} = options
  const script = `${await composerProgram()}; echo "code $?"; stty -a`
  const terminal = openTerminal([], {
    home,
    cwd: projectRoot,
    command: inShell ? ['/bin/sh', '-c', script] : await bundledWorker('composer-program'),
    // The emulator is xterm.js, as in VS Code.
    env: {TERM_PROGRAM: 'vscode', ...env},
    ...rest,
  })
  await terminal.see('ada@example.com', 30_000)
  return terminal
}
