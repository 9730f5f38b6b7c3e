import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args, Flags} from '@oclif/core'
import {originOf} from '../adapters/git-origin.js'
import {readPrompt} from '../adapters/prompt-input.js'
import {promptSource} from '../domain/prompt.js'
import {isId, type Repository} from '../domain/repository.js'
import {HARNESSES, requireBranches, requireKey} from '../domain/start-request.js'
import {FOLLOW_FLAG, FOLLOW_SECONDS, FOLLOW_TIMEOUT_FLAG, follow} from '../follow.js'
import {chooseRepository} from '../services/choose-repository.js'
import {noteRepositories} from '../services/note-repositories.js'
import {repositoryName} from '../services/repositories.js'
import {startRun} from '../services/start-run.js'
import {startPorts} from '../start-ports.js'
import {tell} from '../tell.js'
import {keyText, startedText} from '../text/started-text.js'

export default class Run extends MogplexCommand {
  static override auth = 'write' as const
  static override summary = 'Start an agent on a repository.'
  static override description = `Without --repo, you choose the repository at a terminal, with the origin of this folder first; elsewhere that is exit code 2.

A run is never started twice: the request carries an idempotency key, which is generated and printed if you give none, and is sent again with the same key when its answer is lost. The same command after an interrupted one uses its key.

With --json, the run as the service gives it, with replayed and idempotencyKey; with --follow one event a line, and a last line with the run's id and status.

EXIT CODES
  0    started; with --follow, the run ended with success
  1    no such repository, or the key was used for another request; with --follow, the run failed, was cancelled, or --timeout has passed
  2    the command line or a setting is invalid
  64   not signed in, or the server rejects the credential
  65   the credential may not do this: it needs the scope write
  69   the server cannot be reached, or its answer is not understood
  75   too many runs or requests: the error says when to try again
  130  left, or nothing was chosen; with --follow the run goes on`
  static override completes = {'--repo': 'repositories'}
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> run --repo ada/analytical-engine "Fix the tests"',
    '<%= config.bin %> run --repo ada/analytical-engine "Fix it" --create-branch --follow',
    '<%= config.bin %> run --repo ada/analytical-engine "Fix it" --idempotency-key job-17',
  ]
  static override args = {
    PROMPT: Args.string({
      required: false,
      description: 'What to do, in quotes.',
    }),
  }
  static override flags = {
    repo: Flags.string({description: 'The repository.', helpValue: 'ID|OWNER/NAME'}),
    prompt: Flags.string({
      description: 'The prompt: a text, - for standard input, @FILE for the contents of a file.',
      helpValue: 'TEXT|-|@FILE',
    }),
    harness: Flags.option({options: HARNESSES, description: 'Which agent; codex by default.'})(),
    'base-branch': Flags.string({
      description: 'The branch to start from; by default that of the repository.',
      helpValue: 'NAME',
    }),
    branch: Flags.string({description: 'The branch to work on.', helpValue: 'NAME'}),
    'create-branch': Flags.boolean({
      description: 'Create the branch; without --branch, its name is generated.',
    }),
    root: Flags.string({description: 'The folder to work in.', helpValue: 'PATH'}),
    'idempotency-key': Flags.string({
      description:
        'The same request with the same key starts only one run, however often it is sent.',
      helpValue: 'KEY',
    }),
    follow: Flags.boolean(FOLLOW_FLAG),
    timeout: Flags.integer(FOLLOW_TIMEOUT_FLAG),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(Run)
    const source = promptSource(args.PROMPT, flags.prompt)
    const ownKey = flags['idempotency-key']
    if (ownKey !== undefined) requireKey(ownKey)
    const options = {
      harness: flags.harness,
      baseBranch: flags['base-branch'],
      workingBranch: flags.branch,
      createBranch: flags['create-branch'] || undefined,
      rootDirectory: flags.root,
    }
    requireBranches(options)
    const prompt = await readPrompt(source, process.stdin)
    const session = await this.session()
    const repository = await this.#repository(flags.repo)
    const {run, key, isReplayed} = await startRun(
      {
        session,
        ...startPorts(),
        onKey: (made, how) => {
          const text = keyText(made, how, {
            isOwn: ownKey !== undefined,
            isTerminal: process.stderr.isTTY,
          })
          if (text !== undefined) tell(text)
        },
      },
      {repoId: repository.id, prompt, ...options},
      ownKey,
    )
    if (flags.follow) {
      tell(
        `Run ${run.id} ${isReplayed ? 'was started before' : 'is started'}, with the key ${key}.`,
      )
      const timeoutSeconds = flags.timeout ?? FOLLOW_SECONDS
      await follow(this.config, run.id, {timeoutSeconds, argv: this.argv})
      return undefined
    }
    if (!this.jsonEnabled()) {
      const name = repository.name ?? (await repositoryName(session, run.repoId))
      const display = {now: new Date(), repository: name, site: await session.site()}
      this.log(startedText({run, key, isReplayed}, {...display, attach: 'mogplex attach'}))
    }
    return {...run.given, idempotencyKey: key}
  }

  /** The service needs an id, and reports an unknown one itself. */
  async #repository(wanted: string | undefined): Promise<{id: string; name?: string}> {
    if (wanted !== undefined && isId(wanted)) return {id: wanted}
    const session = await this.session()
    const repository: Repository = await chooseRepository(
      {
        session,
        interactive: this.interactive,
        how: '--repo OWNER/NAME',
        origin: () => originOf(process.cwd()),
      },
      wanted,
    )
    await noteRepositories(session, [repository])
    return repository
  }
}
