import {readFileSync} from 'node:fs'
import {join} from 'node:path'

export const SHELLS = ['bash', 'zsh', 'fish'] as const

export type CompletionShell = (typeof SHELLS)[number]

/**
 * The completion script of a shell. The scripts pass nothing to `eval`, `compgen -W` or anything
 * else that would expand it.
 *
 * @param root - the folder of the CLI's package.json
 */
export function completionScript(root: string, shell: CompletionShell): string {
  return readFileSync(join(root, 'completion', `mogplex.${shell}`), 'utf8')
}

/** How to install it, for people. */
export const INSTALLING: Readonly<Record<CompletionShell, string>> = {
  bash: `To have it in every new bash:
  mogplex completion bash > ~/.mogplex-completion.bash
  echo '. ~/.mogplex-completion.bash' >> ~/.bashrc`,
  zsh: `To have it in every new zsh:
  mkdir -p ~/.zfunc
  mogplex completion zsh > ~/.zfunc/_mogplex
and in ~/.zshrc, before compinit is called:
  fpath=(~/.zfunc $fpath)
  autoload -U compinit && compinit`,
  fish: `To have it in every new fish:
  mkdir -p ~/.config/fish/completions
  mogplex completion fish > ~/.config/fish/completions/mogplex.fish`,
}
