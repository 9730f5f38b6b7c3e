import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {ChatMessage} from '../domain/chat/chat.js'
import {loginNotices} from '../domain/credential/login-notices.js'
import {providerOf} from '../domain/credential/provider-table.js'
import {PaymentNotConfirmedError} from '../domain/errors/authentication.js'
import {CancelledError} from '../domain/errors/cancelled.js'
import type {AttachedRun} from '../domain/run/attached-runs.js'
import type {RunSource} from '../domain/run/run-source.js'
import {parseSlash} from '../domain/editor/slash.js'
import type {AnswerEvent, PromptRequest} from '../services/answer-prompt.js'
import {answerEndText, earlyEndText, emptyAnswer} from './prompt/answer-end-text.js'
import {headerParts} from './app-header.js'
import {choose} from '../terminal/choose.js'
import type {Composer, PromptHistory} from './composer/composer.js'
import {openComposer} from './composer/open-composer.js'
import {confirmPayer} from './prompt/confirm-payer.js'
import {inApp} from './in-app.js'
import {showLoginScreen} from './sign-in/login-screen.js'
import {type Palette, paletteFor, wantsColour} from '../terminal/palette.js'
import {attachRun} from './run/attach.js'
import type {SignInContext} from './sign-in/sign-in-context.js'
import type {AppContext} from './slash/app-context.js'
import {appCommands} from './slash/app-commands.js'
import {runSlash, SlashRegistry} from './slash/registry.js'
import type {AppSlashCommand} from './slash/app-slash-command.js'
import {sizeOf} from '../terminal/size.js'
import {fit} from '../terminal/wrap.js'

const HEADER_MS = 1000

export interface AppPorts {
  readonly signIn: SignInContext
  readonly session: AppContext['session']
  readonly hosted: AppContext['hosted']
  readonly prompts: AppContext['prompts'] & {
    answer(request: PromptRequest): AsyncIterable<AnswerEvent>
  }
  readonly history: PromptHistory
  readonly logOut: AppContext['logOut']
  readonly examine: AppContext['examine']
  readonly shownProfile: AppContext['shownProfile']
  readonly profiles: AppContext['profiles']
  readonly runs: () => Promise<RunSource>
  readonly attachedRuns: AppContext['attachedRuns']
  /** Rings the bell when a long run ends. */
  readonly notifies: boolean
  /** Slash commands of plugins: they do not replace ours. */
  readonly contributed: readonly AppSlashCommand[]
  /** Notifies plugins of a login event; `undefined` where there was none. */
  readonly untold: () => (() => Promise<void>) | undefined
  /** Models that are known without a request. */
  readonly knownModels: readonly string[]
  /** Removes secrets from text that is shown. */
  readonly redact: (text: string) => string
}

/**
 * The app: each line is a slash command or a prompt, until the user leaves.
 *
 * @returns the profile to continue with, where the user switched to one
 */
export async function runApp(ports: AppPorts): Promise<string | undefined> {
  return new AppSession(ports).run()
}

class AppSession {
  readonly #ports: AppPorts
  readonly #palette: Palette
  readonly #composer: Composer
  readonly #context: Omit<AppContext, 'run' | 'signal'>
  readonly #commands: SlashRegistry<AppContext>
  #conversation: ChatMessage[] = []
  /** Read between two lines, so that completion reads no file. */
  #attachedRuns: readonly AttachedRun[]
  #hasLeft = false
  #next: string | undefined

  constructor(ports: AppPorts) {
    this.#ports = ports
    const {signIn, history, knownModels, contributed} = ports
    const {stdin, stdout, stderr, env, argv} = signIn
    this.#palette = paletteFor(wantsColour(stdout, env, argv))
    const seen = {models: new Set(knownModels)}
    this.#attachedRuns = ports.attachedRuns()
    const names = ports.profiles.list().map(({name}) => name)
    const own = appCommands(
      seen.models,
      () => this.#attachedRuns,
      () => names,
    )
    this.#commands = new SlashRegistry<AppContext>(own).with(contributed)
    this.#composer = openComposer({
      stdin,
      stdout,
      stderr,
      env,
      history,
      palette: this.#palette,
      complete: (before) =>
        this.#commands.complete(before, {
          changed: () => this.#composer.suggest(),
          failed: (error) => this.#complain(error),
        }),
      header: headerParts(ports),
    })
    this.#context = this.#makeContext(seen)
  }

  async run(): Promise<string | undefined> {
    const composer = this.#composer
    const timer = setInterval(() => this.#showHeader(), HEADER_MS)
    try {
      while (!this.#hasLeft) {
        const line = await composer.read()
        if (line === undefined) return undefined
        await this.#obey(line)
        this.#attachedRuns = this.#ports.attachedRuns()
        const tell = this.#ports.untold()
        if (tell !== undefined) await this.#lent(tell)
        if (this.#next === undefined) this.#showHeader()
      }
      return this.#next
    } finally {
      clearInterval(timer)
      composer.close()
    }
  }

  async #obey(line: string): Promise<void> {
    try {
      if (parseSlash(line) === undefined) await this.#answer(line)
      else await this.#run(line)
    } catch (error) {
      if (error instanceof CancelledError) this.#say(this.#palette.faint(error.message))
      else if (error instanceof MogplexError) this.#complain(error)
      else throw error
    }
  }

  /** Work that hangs can be interrupted, whichever code it is in. */
  async #run(line: string): Promise<void> {
    await this.#composer.interruptible('Working', async (signal) => {
      try {
        await this.#runSlash(line, signal)
      } catch (error) {
        if (!signal.aborted) throw error
        throw new CancelledError('The command was interrupted.', 'Give it again.')
      }
    })
  }

  async #runSlash(line: string, signal: AbortSignal): Promise<void> {
    const run = async (inner: string): Promise<void> => this.#runSlash(inner, signal)
    await runSlash(line, this.#commands, {...this.#context, signal, run})
  }

  async #answer(prompt: string): Promise<void> {
    const {prompts} = this.#ports
    const composer = this.#composer
    let text = ''
    try {
      await composer.interruptible('Answering', async (signal, write) => {
        const earlier = this.#conversation
        const confirm = this.#confirm(signal)
        for await (const event of prompts.answer({prompt, earlier, confirm, signal})) {
          if (event.type === 'text') {
            text += event.text
            write(event.text)
          } else if (event.type === 'end') {
            composer.print('')
            const empty = emptyAnswer(text, event)
            if (empty !== undefined) throw empty
            const early = earlyEndText(event)
            if (early !== undefined) this.#say(early)
            this.#say(this.#palette.faint(answerEndText(event)))
          }
        }
      })
    } finally {
      // A prompt without any answer is not added to the conversation.
      if (text.trim() !== '') {
        this.#conversation = [
          ...this.#conversation,
          {role: 'user', content: prompt},
          {role: 'assistant', content: text},
        ]
      }
    }
  }

  #confirm(signal: AbortSignal): PromptRequest['confirm'] {
    const {stdin, stderr} = this.#ports.signIn
    return async (provider) => {
      const terminal = {stdin, stderr, signal}
      if (await this.#lent(async () => confirmPayer(provider, terminal))) return true
      throw new PaymentNotConfirmedError(
        `${provider.variable} is set and would pay for prompts, but you did not say yes.`,
        'Ask again to say yes, or choose another model with /model.',
      )
    }
  }

  /** Another program uses the terminal meanwhile. */
  async #lent<T>(work: () => Promise<T>): Promise<T> {
    this.#composer.pause()
    try {
      return await work()
    } finally {
      this.#composer.resume()
    }
  }

  #makeContext(seen: AppContext['seen']): Omit<AppContext, 'run' | 'signal'> {
    const {signIn, session, hosted, prompts, logOut, examine} = this.#ports
    const {runs, attachedRuns, notifies, profiles, shownProfile} = this.#ports
    const {stdin, stdout, stderr, env, argv} = signIn
    return {
      env,
      argv,
      session,
      hosted,
      prompts,
      logOut,
      examine,
      seen,
      attachedRuns,
      profiles,
      shownProfile,
      palette: this.#palette,
      commands: this.#commands,
      get columns() {
        return sizeOf(stdout).columns
      },
      print: (text) => this.#print(text),
      clear: () => {
        this.#conversation = []
        this.#composer.clear()
      },
      leave: () => {
        this.#hasLeft = true
      },
      enter: (profile) => {
        this.#next = profile
        this.#hasLeft = true
      },
      forget: () => {
        this.#conversation = []
      },
      signIn: async () => {
        session.refresh()
        const notices = loginNotices(session.resolution, providerOf('mogplex'))
        for (const notice of notices) this.#say(notice)
        const changed = await this.#lent(async () => showLoginScreen(signIn, 'Back'))
        if (changed) this.#conversation = []
      },
      attach: async (runId) => {
        const source = await runs()
        await this.#lent(async () =>
          attachRun({
            source,
            runId,
            env,
            argv,
            stdin,
            stdout,
            stderr,
            interactive: true,
            timeoutSeconds: undefined,
            logJson: undefined,
            isInApp: true,
            notifies,
          }),
        )
      },
      pick: async (message, choices, fits) =>
        this.#lent(async () =>
          choose(signIn, message, choices, fits).catch((error: unknown) => {
            if (error instanceof CancelledError) return undefined
            throw error
          }),
        ),
    }
  }

  #showHeader(): void {
    this.#composer.setHeader(headerParts(this.#ports))
  }

  #say(text: string): void {
    this.#print(fit(text, this.#ports.signIn.stdout))
  }

  #print(text: string): void {
    this.#composer.print(this.#ports.redact(text))
  }

  #complain({message, remedy}: MogplexError): void {
    this.#say(`${this.#palette.bad('Error:')} ${message}\n${inApp(remedy)}`)
  }
}
